/** `payout_lines` → `PayoutLines`, `api-auth` → `ApiAuth`: ids of constructs. */
export function pascal(name: string): string {
  return name
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** `dead_letters` → `DEAD_LETTERS`: names of environment variables. */
export function shout(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}

/** `payout_lines` → `payout-lines`: names of AWS resources. */
export function kebab(name: string): string {
  return name.replaceAll("_", "-");
}
