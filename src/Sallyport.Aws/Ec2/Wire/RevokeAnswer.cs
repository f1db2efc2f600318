using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>What Revoke answered. In a default VPC a rule that is not there is no error: it comes back in <see cref="Unknown"/>.</summary>
internal sealed record RevokeAnswer(ImmutableArray<SecurityGroupRule> Unknown)
{
    public static RevokeAnswer Read(ResponseReader xml, Direction direction)
    {
        var unknown = ImmutableArray.CreateBuilder<SecurityGroupRule>();
        var malformed = new List<MalformedRule>();
        foreach (var name in xml.Children())
        {
            if (name != "unknownIpPermissionSet") continue;
            foreach (var _ in xml.Children()) PermissionXml.Read(xml, direction, unknown, malformed);
        }

        return new RevokeAnswer(unknown.ToImmutable());
    }
}
