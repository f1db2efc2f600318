using Sallyport.Anomalies;
using Sallyport.Anomalies.Pairs;
using Sallyport.Auditing.Parameters;
using Sallyport.Connections;
using Sallyport.Drift;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing;

/// <summary>An estate, its facts, and what only audit rules ask of it.</summary>
internal sealed partial class AuditContext
{
    private const string InternetGateway = "igw-";
    private const string NatGateway = "nat-";

    private readonly Lazy<ILookup<SecurityGroupId, DriftEntry>?> _drift;

    public AuditContext(Estate estate, AuditOptions options)
    {
        Facts = new EstateFacts(estate);
        Parameters = options.Parameters;
        Connections = options.Connections;
        Code = options.Code;
        _drift = new Lazy<ILookup<SecurityGroupId, DriftEntry>?>(() => Code is null ? null : Differences(Code, estate));
        Today = options.Today;
        Pairs = new PairBook(Facts, options.Parameters.Get(AuditParameters.AllowAllCounts));
    }

    public EstateFacts Facts { get; }

    public Estate Estate => Facts.Estate;

    public ParameterValues Parameters { get; }

    /// <summary>The declared connections; null when nobody gave any.</summary>
    public ConnectionsFile? Connections { get; }

    /// <summary>What infrastructure code declares; null when nobody gave any.</summary>
    public Estate? Code { get; }

    /// <summary>True when a template declares one of the groups.</summary>
    public bool HasTemplates => Estate.SecurityGroups.Any(g => g.Code is { Language: CodeLanguage.CloudFormation });

    /// <summary>Differences of the estate from the code, by group.</summary>
    public ILookup<SecurityGroupId, DriftEntry>? Drift => _drift.Value;

    /// <summary>The day that dated things are judged on.</summary>
    public DateOnly Today { get; }

    public PairBook Pairs { get; }

    /// <summary>Does a route of the VPC carry NAT64 traffic to a NAT gateway? Null when route tables were not read.</summary>
    public bool? HasNat64(SecurityGroup group)
    {
        if (group.Vpc is not { } vpc || Facts.IsMissing(GapKind.RouteTables, group.Scope)) return null;
        return Facts.TablesOf(vpc).SelectMany(t => t.Routes).Any(r =>
            !r.IsBlackhole && r.Target.StartsWith(NatGateway, StringComparison.Ordinal) && r.Destination is { } to
            && (PublicSpace.Nat64.Contains(to) || (to.Contains(PublicSpace.Nat64) && to.PrefixLength > 0)));
    }

    /// <summary>True when the interface is known to be reachable from the Internet by its own address and its subnet's routes.</summary>
    public bool IsOnInternet(NetworkInterface nic, IpFamily family)
    {
        var hasAddress = family == IpFamily.V4
            ? !nic.PublicAddresses.IsEmpty
            : nic.Addresses.Any(a => PublicSpace.Of(IpFamily.V6).Contains(a));
        return hasAddress && Facts.TableOf(nic) is { } table && table.Routes.Any(r =>
            !r.IsBlackhole && r.Target.StartsWith(InternetGateway, StringComparison.Ordinal) && r.Destination is { } to
            && to.Family == family && PublicSpace.Of(family).CountWithin(new AddressRange(to.Bits, to.Last.Bits)) > 0);
    }

    private static ILookup<SecurityGroupId, DriftEntry> Differences(Estate code, Estate estate) =>
        CodeDriftDetector.Detect(code, estate).Report.Entries.ToLookup(e => e.Group);
}
