/** What formatters put in, take out and exchange. */
const layout = /[\s;,'"`()]+/g;

/**
 * Whether both texts say the same in another layout, as a formatter leaves it. One that also sorts or renames is not
 * recognised: rather somebody is asked too often than what a person has typed is taken for its work.
 */
export function differInLayoutOnly(one: string, other: string): boolean {
  return one.replace(layout, '') === other.replace(layout, '');
}
