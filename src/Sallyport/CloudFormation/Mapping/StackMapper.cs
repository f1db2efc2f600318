using System.Collections.Immutable;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>Puts what the stacks of a template declare into an estate.</summary>
internal sealed class StackMapper(TemplateStack root, Evaluator evaluator, EstateFile file, EstateBuilder into, FileDiagnostics said)
{
    private const string OnlyPart = "A template does not tell what else the account holds.";

    /// <summary>Kinds of which a template declares some: of what it declares none, the estate says so by itself.</summary>
    private static readonly ImmutableArray<(string Type, GapKind Kind)> Parts =
    [
        ("AWS::EC2::VPC", GapKind.Vpcs), ("AWS::EC2::Subnet", GapKind.Subnets), ("AWS::EC2::RouteTable", GapKind.RouteTables), ("AWS::EC2::NetworkAcl", GapKind.NetworkAcls),
        ("AWS::EC2::VPCPeeringConnection", GapKind.Peerings), ("AWS::EC2::VPCEndpoint", GapKind.VpcEndpoints), ("AWS::EC2::InternetGateway", GapKind.Gateways),
    ];

    /// <summary>Adds everything, and a gap for each kind of thing of which a template can tell only a part.</summary>
    public void Map()
    {
        var resources = root.WithNested().SelectMany(s => s.Resources).ToList();
        var identities = new Identities(file);
        var groups = new GroupMapper(resources, evaluator, identities, file, into, said);
        groups.Map();
        new NetworkMapper(resources, evaluator, identities, file.Fallback, into).Map();
        new AttachmentMapper(resources, evaluator, identities, file.Fallback, into).Map();
        groups.Finish();
        foreach (var (type, kind) in Parts)
        {
            if (resources.Any(r => r.Type == type)) into.Add(new EstateGap(kind, string.Empty, OnlyPart));
        }

        if (file.Fallback.Account.Length > 0 || file.Fallback.Region.Length > 0) into.AddScope(file.Fallback);
    }
}
