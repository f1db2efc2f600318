using Sallyport.Diagnostics;

namespace Sallyport.Terraform.Plans;

/// <summary>Every diagnostic of Terraform plans and states: SPD2250-SPD2269, and SPD2286. One method a code; the sentence lives here only.</summary>
internal static class PlanDiagnostics
{
    /// <summary>A format of which nothing is known.</summary>
    public static Diagnostic OtherVersion(string what, string version, string known, SourceSpan at) =>
        new("SPD2250", Severity.Error, $"The {what} has format version {version}; this Sallyport reads {known}.", at);

    /// <summary>A side asked of something that has none.</summary>
    public static Diagnostic NoSides(string file) =>
        new("SPD2251", Severity.Error, $"{file} is a Terraform state, which has no #before and #after. Name it without.", new SourceSpan(file));

    /// <summary>A group that is deleted and made anew.</summary>
    public static Diagnostic Replaced(string address, string id, SourceSpan? at) =>
        new("SPD2252", Severity.Note, $"The plan replaces {address}: {id} goes, and the new group has no id yet.", at);

    /// <summary>Something that Terraform stops managing.</summary>
    public static Diagnostic Forgotten(string address, string id, SourceSpan? at) =>
        new("SPD2253", Severity.Note, $"After the plan Terraform no longer manages {address}; {id} stays as it is.", at);

    /// <summary>An action that may mean anything.</summary>
    public static Diagnostic UnknownAction(string address, string action, SourceSpan? at) =>
        new("SPD2286", Severity.Warning, $"The plan's action for {address} is \"{action}\", which this Sallyport does not know: what becomes of it is unknown.", at);

    /// <summary>The JSON is sound but not what Terraform writes.</summary>
    public static Diagnostic NotAPlan(string why, SourceSpan at) =>
        new("SPD2254", Severity.Error, $"This is no plan or state as Terraform writes it: {why}. Write it with \"terraform show -json\".", at);
}
