using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Estates;

public class EstateDigestTests
{
    private static readonly SecurityGroupRule Rule = new(Direction.Egress, Service.Parse("tcp/443"), new CidrPeer(Cidr.Parse("10.0.0.0/8"))) { Description = "d", Tags = Tags.Of([new("a", "b")]) };

    private static readonly SecurityGroup Group = new(new("sg-1"), new("111122223333", "eu-west-1")) { Name = "n", Rules = [Rule] };

    [Fact]
    public void Everything_a_plan_depends_on_changes_the_digest()
    {
        SecurityGroup[] others =
        [
            Group with { Id = new("sg-2") }, Group with { Scope = new("111122223333", "eu-west-2") }, Group with { Name = "m" }, Group with { Description = "n" },
            Group with { Vpc = new VpcId("vpc-1") }, Group with { Tags = Tags.Of([new("k", "v")]) }, Group with { Rules = [] },
            Group with { Rules = [Rule with { Direction = Direction.Ingress }] }, Group with { Rules = [Rule with { Service = Service.Parse("tcp/444") }] },
            Group with { Rules = [Rule with { Peer = new CidrPeer(Cidr.Parse("10.0.0.0/9")) }] }, Group with { Rules = [Rule with { Description = "" }] },
            Group with { Rules = [Rule with { Tags = Tags.Of([new("ab", "")]) }] }, Group with { Rules = [Rule with { Tags = null }] },
            Group with { Malformed = [new(Direction.Egress, "p", null)] },
        ];

        Assert.Equal(others.Length + 1, others.Append(Group).Select(g => EstateDigest.Of([g])).Distinct().Count());
    }

    [Fact]
    public void Where_a_rule_was_read_and_its_id_do_not()
    {
        var elsewhere = Group with { At = new("f", 3), Rules = [Rule with { Id = new("sgr-1"), File = "f", Line = 9 }] };

        Assert.Equal(EstateDigest.Of([Group]), EstateDigest.Of([elsewhere]));
        Assert.Equal(EstateDigest.Of([Group with { Rules = [Rule with { Tags = null }] }]), EstateDigest.Of([Group with { Rules = [Rule with { Tags = Tags.None }] }]));
        Assert.Matches("^sha256:[0-9a-f]{64}$", EstateDigest.Of([Group]));
    }

    [Fact]
    public void The_order_of_groups_does_not_matter()
    {
        var second = Group with { Id = new("sg-2") };

        Assert.Equal(EstateDigest.Of([Group, second]), EstateDigest.Of([second, Group]));
    }
}
