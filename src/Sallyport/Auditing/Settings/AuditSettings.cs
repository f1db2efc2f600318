using System.Collections.Immutable;

namespace Sallyport.Auditing.Settings;

/// <summary>
/// What one level (a file, the environment, a command line) says about an audit. Files are named, not read, and rules are named,
/// not looked up: rules of the user's own are known only after all levels have said where they are.
/// </summary>
public sealed record AuditSettings
{
    /// <summary>Says nothing.</summary>
    public static AuditSettings Empty { get; } = new();

    /// <summary>Rules to run; empty for all that are on by default.</summary>
    public ImmutableArray<Written> Include { get; init; } = [];

    /// <summary>Rules not to run.</summary>
    public ImmutableArray<Written> Exclude { get; init; } = [];

    /// <summary>Frameworks to report on.</summary>
    public ImmutableArray<Written> Frameworks { get; init; } = [];

    /// <summary>Severities by rule, weakest level first.</summary>
    public ImmutableArray<ImmutableArray<SeveritySetting>> Severities { get; init; } = [];

    /// <summary>Values of parameters, weakest level first: the last one counts.</summary>
    public ImmutableArray<ParameterSetting> Parameters { get; init; } = [];

    /// <summary>Lowest severity to list; null when nothing is said.</summary>
    public FindingSeverity? LeastSeverity { get; init; }

    /// <summary>What makes the run fail; null when nothing is said.</summary>
    public FailThreshold? FailOn { get; init; }

    /// <summary>Files with waivers.</summary>
    public ImmutableArray<Written> WaiverFiles { get; init; } = [];

    /// <summary>Waivers that stand in the settings themselves.</summary>
    public ImmutableArray<Waiver> Waivers { get; init; } = [];

    /// <summary>Files with rules of the user's own.</summary>
    public ImmutableArray<Written> CustomFiles { get; init; } = [];

    /// <summary>An earlier report; null for none.</summary>
    public Written? Baseline { get; init; }

    /// <summary>The connections file; null for none.</summary>
    public Written? Connections { get; init; }

    /// <summary>
    /// These settings over weaker ones, key by key. Whoever names rules to run replaces the weaker level's whole choice: its rules to
    /// run, those not to run, and those it turned off. Otherwise rules not to run add up.
    /// </summary>
    public AuditSettings Over(AuditSettings weaker)
    {
        var chooses = !Include.IsEmpty;
        var hasWaivers = !WaiverFiles.IsEmpty || !Waivers.IsEmpty;
        return new AuditSettings
        {
            Include = chooses ? Include : weaker.Include,
            Exclude = chooses ? Exclude : [.. weaker.Exclude, .. Exclude],
            Frameworks = Frameworks.IsEmpty ? weaker.Frameworks : Frameworks,
            Severities = [.. weaker.Severities.Select(level => chooses ? [.. level.Where(s => s.Severity is not null)] : level), .. Severities],
            Parameters = [.. weaker.Parameters, .. Parameters],
            LeastSeverity = LeastSeverity ?? weaker.LeastSeverity,
            FailOn = FailOn ?? weaker.FailOn,
            WaiverFiles = hasWaivers ? WaiverFiles : weaker.WaiverFiles,
            Waivers = hasWaivers ? Waivers : weaker.Waivers,
            CustomFiles = CustomFiles.IsEmpty ? weaker.CustomFiles : CustomFiles,
            Baseline = Baseline ?? weaker.Baseline,
            Connections = Connections ?? weaker.Connections,
        };
    }
}
