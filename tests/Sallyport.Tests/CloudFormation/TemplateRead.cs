using System.Collections.Immutable;
using System.Text;
using Sallyport.CloudFormation;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Tests.CloudFormation;

/// <summary>One template read from memory, with templates beside it: what was said and what came of it.</summary>
internal sealed record TemplateRead(Estate Estate, IReadOnlyList<Diagnostic> Said)
{
    private static readonly EstateFileReader Reader = new([new CloudFormationFormat()]);

    public IEnumerable<string> Codes => Said.Select(d => d.Code);

    public IEnumerable<EstateGap> Rules => Estate.Gaps.Where(g => g.What == GapKind.Rules);

    public static TemplateRead Of(string text, string? parameters = null, string name = "web.yaml", Scope? scope = null, string unit = "", bool inFolder = false, Dictionary<string, string>? beside = null)
    {
        var builder = new EstateBuilder();
        var file = new EstateFile(name)
        {
            Fallback = scope ?? new Scope(string.Empty, string.Empty),
            Unit = unit,
            IsPartOfFolder = inFolder,
            Parameters = (parameters ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToImmutableDictionary(p => p[0], p => p[1]),
            OpenNeighbour = beside is null ? null : path => beside.TryGetValue(path, out var other) ? new MemoryStream(Encoding.UTF8.GetBytes(other)) : null,
        };
        var said = Reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), file, builder);
        return new TemplateRead(builder.Build(), said);
    }

    /// <summary>A template of one group named Web, whose properties follow the given sections; properties are written at two levels.</summary>
    public static TemplateRead Group(string properties, string sections = "", string? parameters = null, Scope? scope = null, Dictionary<string, string>? beside = null) =>
        Of($"AWSTemplateFormatVersion: '2010-09-09'\n{sections}\nResources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties: {{CidrBlock: 10.0.0.0/16}}\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: web\n      VpcId: !Ref Vpc\n      SecurityGroupEgress: [{{IpProtocol: '-1', CidrIp: 127.0.0.1/32}}]\n{properties}", parameters, scope: scope, beside: beside);

    /// <summary>The ingress rules of the group Web, as <see cref="RulesOf"/>.</summary>
    public string[] Ingress => [.. RulesOf("Web").Where(r => r.StartsWith("ingress", StringComparison.Ordinal)).Select(r => r[8..])];

    /// <summary>Rules of a group as <c>ingress tcp/443 10.0.0.0/8</c>, in order.</summary>
    public IEnumerable<string> RulesOf(string group) =>
        Estate.SecurityGroups.Single(g => g.Id.Value == group).Rules.Select(r => $"{r.Direction.ToString().ToLowerInvariant()} {r.Service} {r.Peer}");
}
