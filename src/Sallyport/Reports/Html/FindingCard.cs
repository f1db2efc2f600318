using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Html;

/// <summary>A finding as the page shows it: plain words, safe to show. The page's markup and its data are both made from this.</summary>
internal sealed record FindingCard
{
    /// <summary>Rows of evidence on the page; a finding over more rules says how many are left out.</summary>
    private const int MostEvidence = 100;

    public required string Rule { get; init; }

    public required string Severity { get; init; }

    public required string Message { get; init; }

    public required string Type { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Vpc { get; init; }

    /// <summary>Direction, service, peer and rule id of each.</summary>
    public required ImmutableArray<EvidenceRow> Evidence { get; init; }

    /// <summary>Rows that <see cref="Evidence"/> leaves out.</summary>
    public required int MoreEvidence { get; init; }

    public required string Basis { get; init; }

    public required string Related { get; init; }

    public required string Aliases { get; init; }

    public required string Location { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>Empty when nothing waives it.</summary>
    public required string Waiver { get; init; }

    public required bool? IsNew { get; init; }

    public static FindingCard Of(Finding finding) => new()
    {
        Rule = Safe(finding.Rule),
        Severity = FindingJson.Word(finding.Severity),
        Message = Safe(finding.Message),
        Type = Safe(TypeWords(finding.Resource.Type)),
        Id = Safe(finding.Resource.Id),
        Name = Safe(finding.Resource.Name),
        Account = Safe(finding.Resource.Scope.Account),
        Region = Safe(finding.Resource.Scope.Region),
        Vpc = Safe(finding.Resource.Vpc?.Value ?? ""),
        Evidence = [.. finding.Evidence.Take(MostEvidence).Select(EvidenceRow.Of)],
        MoreEvidence = Math.Max(0, finding.Evidence.Length - MostEvidence),
        Basis = finding.Basis switch
        {
            FindingBasis.Symbolic => "the rules alone",
            FindingBasis.Invariant => "the rules and the address blocks of the VPC",
            _ => "interfaces, addresses and routes as they were read",
        },
        Related = Safe(string.Join(", ", finding.Related)),
        Aliases = Safe(string.Join(", ", finding.Aliases)),
        Location = Safe(finding.Location?.ToString() ?? ""),
        Fingerprint = finding.Fingerprint,
        Waiver = finding.Waiver is { } waiver ? Safe(string.Create(CultureInfo.InvariantCulture, $"Until {waiver.Expires:yyyy-MM-dd}, by {waiver.Owner}: {waiver.Reason}")) : "",
        IsNew = finding.IsNew,
    };

    /// <summary>Name of a CloudFormation type in words: <c>AWS::EC2::SecurityGroup</c> is a security group.</summary>
    private static string TypeWords(string type)
    {
        var last = type[(type.LastIndexOf(':') + 1)..];
        if (type == FindingResource.AccountType || last.Length == 0) return last;
        if (last.StartsWith("VPC", StringComparison.Ordinal)) return last.Length == 3 ? last : $"VPC {Spaced(last[3..])}";
        var words = Spaced(last);
        return char.ToUpperInvariant(words[0]) + words[1..].Replace("acl", "ACL", StringComparison.Ordinal);
    }

    private static string Spaced(string camel) =>
        string.Concat(camel.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    private static string Safe(string text) => TerminalText.Line(text);

    /// <summary>One offending rule.</summary>
    internal sealed record EvidenceRow(string Direction, string Service, string Peer, string RuleId)
    {
        public static EvidenceRow Of(EvidenceAtom atom) => new(
            atom.Direction == Sallyport.Estates.Direction.Ingress ? "ingress" : "egress", Safe(atom.Service.ToString()), Safe(atom.Peer.ToString()!), Safe(atom.RuleId?.Value ?? ""));
    }
}
