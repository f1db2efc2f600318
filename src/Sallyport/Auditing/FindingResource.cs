using System.Text;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>What a finding is about.</summary>
/// <param name="Type">CloudFormation's type name: <c>AWS::EC2::SecurityGroup</c>; <c>AWS::::Account</c> for a whole scope.</param>
/// <param name="Id">The id, or the symbolic id of a group that only code knows.</param>
/// <param name="Name">Untrusted text; empty when there is none.</param>
/// <param name="Scope">Account and Region; unknown parts are empty.</param>
/// <param name="Vpc">Null when unknown or without meaning.</param>
public sealed record FindingResource(string Type, string Id, string Name, Scope Scope, VpcId? Vpc)
{
    /// <summary>The type of a security group.</summary>
    public const string SecurityGroupType = "AWS::EC2::SecurityGroup";

    private const string Ec2Types = "AWS::EC2::";

    /// <summary>The type of a whole account and Region.</summary>
    public const string AccountType = "AWS::::Account";

    /// <summary>A group as the subject of a finding.</summary>
    public static FindingResource Of(SecurityGroup group) => new(SecurityGroupType, group.Id.Value, group.Name, group.Scope, group.Vpc);

    /// <summary>A VPC.</summary>
    public static FindingResource Of(Vpc vpc) => new("AWS::EC2::VPC", vpc.Id.Value, NameOf(vpc.Tags), vpc.Scope, vpc.Id);

    /// <summary>A subnet.</summary>
    public static FindingResource Of(Subnet subnet) => new("AWS::EC2::Subnet", subnet.Id.Value, NameOf(subnet.Tags), subnet.Scope, subnet.Vpc);

    /// <summary>A network ACL.</summary>
    public static FindingResource Of(NetworkAcl acl) => new("AWS::EC2::NetworkAcl", acl.Id, NameOf(acl.Tags), acl.Scope, acl.Vpc);

    /// <summary>An interface.</summary>
    public static FindingResource Of(NetworkInterface nic) => new("AWS::EC2::NetworkInterface", nic.Id.Value, NameOf(nic.Tags), nic.Scope, nic.Vpc);

    /// <summary>A prefix list.</summary>
    public static FindingResource Of(PrefixList list) => new("AWS::EC2::PrefixList", list.Id.Value, LongText.Cut(list.Name), list.Scope, Vpc: null);

    /// <summary>A peering, as its requester sees it.</summary>
    public static FindingResource Of(Peering peering) =>
        new("AWS::EC2::VPCPeeringConnection", peering.Id.Value, NameOf(peering.Tags), peering.Requester.Scope, peering.Requester.Vpc);

    /// <summary>A route table.</summary>
    public static FindingResource Of(RouteTable table) => new("AWS::EC2::RouteTable", table.Id, NameOf(table.Tags), table.Scope, table.Vpc);

    /// <summary>A whole account and Region.</summary>
    public static FindingResource Of(Scope scope) => new(AccountType, scope.Account, string.Empty, scope, Vpc: null);

    /// <summary>True for a security group.</summary>
    public bool IsGroup => Type == SecurityGroupType;

    /// <summary>
    /// <c>arn:aws:ec2:eu-west-1:111122223333:security-group/sg-…</c>, unknown parts empty; null for what is no EC2 resource, such as a whole scope.
    /// </summary>
    public string? Arn => Type.StartsWith(Ec2Types, StringComparison.Ordinal)
        ? $"arn:{Scope.Partition}:ec2:{Scope.Region}:{Scope.Account}:{Hyphenated(Type[Ec2Types.Length..])}/{Id}"
        : null;

    // SecurityGroup to security-group; VPC to vpc; VPCPeeringConnection to vpc-peering-connection.
    private static string Hyphenated(string type)
    {
        var text = new StringBuilder();
        for (var i = 0; i < type.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(type[i]) && (char.IsLower(type[i - 1]) || (i + 1 < type.Length && char.IsLower(type[i + 1])));
            if (startsWord) text.Append('-');
            text.Append(char.ToLowerInvariant(type[i]));
        }

        return text.ToString();
    }

    private static string NameOf(Tags tags) => tags["Name"] is { } name ? LongText.Cut(name) : string.Empty;
}
