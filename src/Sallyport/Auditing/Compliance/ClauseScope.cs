using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Compliance;

/// <summary>
/// A clause that speaks of less than the rules mapped to it: of one address family, or of some ports. A finding fails it only by
/// evidence of that kind, so that SSH open over IPv4 does not fail the clause on IPv6, nor the one on RDP.
/// </summary>
/// <param name="Frameworks">Frameworks that number it so.</param>
/// <param name="Id">The clause.</param>
/// <param name="Family">Null for both.</param>
/// <param name="Services">Null for all.</param>
internal sealed record ClauseScope(ImmutableArray<string> Frameworks, string Id, IpFamily? Family, ServiceSet? Services)
{
    /// <summary>Every clause that needs one (CIS benchmarks as other tools transcribe them; Security Hub user guide, EC2 controls).</summary>
    private static readonly ImmutableArray<ClauseScope> All =
    [
        new(["CIS-AWS-1.2"], "4.1", null, Tcp(22)),
        new(["CIS-AWS-1.2"], "4.2", null, Tcp(3389)),
        new(["CIS-AWS-1.4"], "5.2", IpFamily.V4, null),
        new(["CIS-AWS-2.0", "CIS-AWS-3.0"], "5.2", IpFamily.V4, null),
        new(["CIS-AWS-2.0", "CIS-AWS-3.0"], "5.3", IpFamily.V6, null),
        new(["CIS-AWS-4.0", "CIS-AWS-5.0"], "5.3", IpFamily.V4, null),
        new(["CIS-AWS-4.0", "CIS-AWS-5.0"], "5.4", IpFamily.V6, null),
        new(["CIS-AWS-6.0", "CIS-AWS-7.0"], "6.3", IpFamily.V4, null),
        new(["CIS-AWS-6.0", "CIS-AWS-7.0"], "6.4", IpFamily.V6, null),
        new(["FSBP"], "EC2.13", null, Tcp(22)),
        new(["FSBP"], "EC2.14", null, Tcp(3389)),
    ];

    private static readonly Dictionary<(string Framework, string Id), ClauseScope> ByClause =
        All.SelectMany(s => s.Frameworks.Select(f => (f, s))).ToDictionary(p => (p.f, p.s.Id), p => p.s);

    /// <summary>Does the finding speak of the clause? One without evidence, or with a list whose family is not known, does.</summary>
    public static bool Concerns(Control control, Finding finding, EstateIndex estate)
    {
        if (!ByClause.TryGetValue((control.Framework, control.Id), out var scope) || finding.Evidence.IsEmpty) return true;
        return finding.Evidence.Any(e => (scope.Family is null || FamilyOf(e.Peer, estate) is not { } family || family == scope.Family)
            && (scope.Services is null || scope.Services.Overlaps(e.Service.Interval)));
    }

    /// <summary>The clauses there are, for the test that holds them against the rules.</summary>
    internal static IEnumerable<(string Framework, string Id)> Clauses => ByClause.Keys;

    private static IpFamily? FamilyOf(Peer peer, EstateIndex estate) => peer switch
    {
        CidrPeer cidr => cidr.Cidr.Family,
        PrefixListPeer list when estate.EntriesOf(list.PrefixList) is { IsEmpty: false } entries => entries[0].Cidr.Family,
        _ => null,
    };

    private static ServiceSet Tcp(int port) => ServiceSet.Of(Service.Tcp(port));
}
