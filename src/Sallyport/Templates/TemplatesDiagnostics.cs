using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates;

/// <summary>Every diagnostic of the writers of code: SPD6201-SPD6249.</summary>
internal static class TemplatesDiagnostics
{
    public static Diagnostic NothingToWrite() => new(
        "SPD6201", Severity.Warning, "There is no rule to write: the file is empty of resources.");

    public static Diagnostic DeclaredElsewhere(string group, int rules, SourceSpan? at) => new(
        "SPD6202",
        Severity.Warning,
        $"The code declares {rules} rule(s) of {group} itself. Take them out before this file is deployed: a rule cannot be declared twice, and rules inside a group's own block revoke those that stand apart.",
        at);

    public static Diagnostic Undeclared(int rules, int groups) => new(
        "SPD6203", Severity.Warning, $"{rules} rule(s) on {groups} of the groups are declared by nothing, and code that only adds does not revoke them: sallyport plan does, or the calls that --to aws-cli writes.");

    public static Diagnostic ExistsAlready(int rules) => new(
        "SPD6204", Severity.Warning, $"{rules} of the rules exist already. CloudFormation cannot create a rule that is there: revoke them when the stack is made, or take them over with a change set of the type IMPORT.");

    public static Diagnostic NeedsFiles(string what) => new(
        "SPD6205", Severity.Error, $"{what}. Give --out connections.yaml, and the others are written beside it.");

    public static Diagnostic TooManyParameters(int parameters, int most) => new(
        "SPD6206", Severity.Error, $"The template would need {parameters} parameters, and CloudFormation takes {most}. Give a SOURCE, so that the ids of the groups are known.");

    public static Diagnostic TooLong(string file, int bytes, int most) => new(
        "SPD6207", Severity.Note, $"{file} has {bytes} bytes. CloudFormation takes more than {most} only from S3: deploy it with --s3-bucket.");

    public static Diagnostic EgressToAccount(SecurityGroupId group, string account) => new(
        "SPD6208", Severity.Warning, $"An egress rule of {group} names a group of the account {account}. CloudFormation has no field for that account; the VPCs must be peered.");

    public static Diagnostic ByHand(int changes, string language) => new(
        "SPD6209", Severity.Warning, $"{changes} change(s) cannot be said in {language}: they are comments at the end of the file, to be made after the rules above are there.");

    public static Diagnostic TooManyRules(int rules, int most) => new(
        "SPD6210", Severity.Error, $"{rules} rules are more than nested templates take here ({most}). Split the connections file.");

    public static Diagnostic OnePlace(int places) => new(
        "SPD6211", Severity.Error, $"The changes are in {places} accounts or Regions, and some do not say in which. Narrow the sources down to one, or write --to terraform.");

    public static Diagnostic TooManyAdditions(int rules, int places, int most) => new(
        "SPD6212",
        Severity.Error,
        $"{rules} rules are more than one template takes ({most}). {(places > 1 ? "Give --out fixes/ (a folder, by the slash): each account and Region gets a template of its own." : "Write --to terraform, which has no such limit, or fix less at a time, such as --rule SP-EGR-01.")}");

    public static Diagnostic NoPlace(int rules) => new(
        "SPD6216", Severity.Error, $"{rules} of the rules do not say their account or Region, so one template for several places cannot make them where they belong. Give a SOURCE that tells, or --out templates/ (a folder, by the slash).");

    public static Diagnostic TooManyForAllPlaces(int places, int resources, int most) => new(
        "SPD6217", Severity.Error, $"{resources} rules of {places} accounts or Regions are more than one template for all of them takes ({most} resources, 200 parameters, 1 MB). Give --out templates/ (a folder, by the slash): each account and Region gets a template of its own.");

    public static Diagnostic ServesPlaces(int places) => new(
        "SPD6218", Severity.Note, $"The template serves {places} accounts or Regions: deploy the same one in each, as a stack set does, and each makes only its own rules.");
}
