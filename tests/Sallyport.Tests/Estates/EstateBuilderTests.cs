using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Estates.Snapshots;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Estates;

public class EstateBuilderTests
{
    private static readonly Scope Unknown = new("", "");

    [Fact]
    public void Absorbing_is_the_same_as_adding() =>
        Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), EstateGenerator.Estate.ToArbitrary(), (a, b) =>
        {
            var added = Fill(Fill(new EstateBuilder(), a), b).Build();
            var absorbed = new EstateBuilder().Absorb(Fill(new EstateBuilder(), a)).Absorb(Fill(new EstateBuilder(), b)).Build();
            return SnapshotTests.Write(added).AsSpan().SequenceEqual(SnapshotTests.Write(absorbed));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rules_come_out_sorted_and_once_whatever_their_order() =>
        Prop.ForAll(Gen.Elements(EstateGenerator.CidrPool.ToArray()).ListOf().ToArbitrary(), cidrs =>
        {
            var rules = cidrs.Select(c => new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.Parse(c))));
            var built = new EstateBuilder().Add(new SecurityGroup(new("sg-1"), Unknown) { Rules = [.. rules] }).Build().SecurityGroups[0].Rules;
            return built.Select(r => r.Key).SequenceEqual(cidrs.Select(c => new RuleKey(Direction.Egress, Service.Any, new CidrPeer(Cidr.Parse(c)))).Distinct().Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_group_repeated_for_every_rule_is_joined_once()
    {
        var builder = new EstateBuilder();
        for (var i = 0; i < 50_000; i++)
        {
            builder.Add(new SecurityGroup(new("sg-1"), Unknown)
            {
                Rules = [new(Direction.Egress, Service.Any, new CidrPeer(Cidr.Containing(new Address(IpFamily.V4, (uint)i << 8), 24)))],
                Malformed = [new(Direction.Egress, "p", null)],
            });
        }

        var group = builder.Build().SecurityGroups[0];
        Assert.Equal((50_000, 50_000), (group.Rules.Length, group.Malformed.Length));
    }

    [Fact]
    public void The_same_list_from_two_calls_is_complete_in_either_order()
    {
        var plain = new PrefixList(new("pl-1"), Unknown) { Name = "com.amazonaws.eu-west-1.s3", Entries = [new(Cidr.AnyV4, "")] };
        var managed = new PrefixList(new("pl-1"), Unknown) { Owner = "AWS", Version = 2 };
        foreach (var list in new[] { new EstateBuilder().Add(plain).Add(managed), new EstateBuilder().Add(managed).Add(plain) }.Select(b => b.Build().PrefixLists[0]))
        {
            Assert.Equal(("com.amazonaws.eu-west-1.s3", "AWS", 2L, 1), (list.Name, list.Owner, list.Version, list.Entries!.Value.Length));
        }
    }

    private static EstateBuilder Fill(EstateBuilder builder, Estate estate)
    {
        foreach (var v in estate.SecurityGroups) builder.Add(v);
        foreach (var v in estate.NetworkInterfaces) builder.Add(v);
        foreach (var v in estate.Vpcs) builder.Add(v);
        foreach (var v in estate.PrefixLists) builder.Add(v);
        foreach (var v in estate.Peerings) builder.Add(v);
        return builder;
    }
}
