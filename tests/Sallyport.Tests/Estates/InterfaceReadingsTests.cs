using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Estates.Snapshots;

namespace Sallyport.Tests.Estates;

public sealed class InterfaceReadingsTests
{
    private static readonly NetworkInterface Web = new(new("eni-1"), new Scope("111111111111", "eu-west-1"))
    {
        Vpc = new("vpc-1"),
        Groups = [new("sg-1")],
        Addresses = [Address.Parse("10.0.0.1")],
    };

    [Fact]
    public void What_contradicts_itself_is_said_and_the_order_does_not_matter()
    {
        ImmutableArray<NetworkInterface> readings = [Web, Web with { Groups = [new("sg-1"), new("sg-2")] }, Web with { Addresses = [Address.Parse("10.0.0.2")], Status = "in-use" }];
        var first = Build(readings);
        var kept = Assert.Single(first.Build().NetworkInterfaces);
        Assert.Equal(["sg-1", "sg-2"], kept.Groups.Select(g => g.Value));
        Assert.Equal("in-use", kept.Status);
        var said = Assert.Single(first.Contradictions());
        Assert.Equal("SPD2295", said.Code);
        Assert.Equal("The interface eni-1 was read more than once with different contents (groups, addresses); the reading with more groups and addresses is used.", said.Message);

        foreach (var order in new int[][] { [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            var other = Build([.. order.Select(i => readings[i])]);
            Assert.Equal(SnapshotTests.Write(first.Build()), SnapshotTests.Write(other.Build()));
            Assert.Equal(said.Message, Assert.Single(other.Contradictions()).Message);
            var absorbed = order.Aggregate(new EstateBuilder(), (all, i) => all.Absorb(Build([readings[i]])));
            Assert.Equal(SnapshotTests.Write(first.Build()), SnapshotTests.Write(absorbed.Build()));
            Assert.Equal(said.Message, Assert.Single(absorbed.Contradictions()).Message);
        }
    }

    [Fact]
    public void Tags_that_one_reading_leaves_open_do_not_hang_on_the_order()
    {
        var (one, other) = (Web with { Tags = Tags.Of([], [new("Name", "the plan hides it")]) }, Web with { Tags = Tags.Of([], [new("Owner", "the plan hides it")]) });
        Assert.Equal(SnapshotTests.Write(Build([one, other]).Build()), SnapshotTests.Write(Build([other, one]).Build()));
    }

    [Fact]
    public void The_same_twice_is_no_news()
    {
        var builder = Build([Web, Web with { Groups = [new("sg-1")], Addresses = [Address.Parse("10.0.0.1")] }]);
        Assert.Empty(builder.Contradictions());
        Assert.Single(builder.Build().NetworkInterfaces);
    }

    [Fact]
    public void What_one_reading_does_not_know_the_other_completes()
    {
        var bare = Web with { Vpc = null, Scope = new("", "") };
        foreach (var builder in new[] { Build([Web, bare]), Build([bare, Web]) })
        {
            Assert.Empty(builder.Contradictions());
            var nic = Assert.Single(builder.Build().NetworkInterfaces);
            Assert.Equal((Web.Vpc, Web.Scope), (nic.Vpc, nic.Scope));
        }
    }

    [Fact]
    public void An_interface_seen_from_its_instance_does_not_contradict_the_one_that_was_read()
    {
        var builder = Build([Web]).AddSeen(Web with { Groups = [] }).AddSeen(Web with { Groups = [new("sg-3")] });
        Assert.Empty(builder.Contradictions());
        Assert.Equal(["sg-1"], builder.Build().NetworkInterfaces[0].Groups.Select(g => g.Value));
    }

    [Fact]
    public void Of_very_many_contradictions_some_are_told()
    {
        var builder = new EstateBuilder();
        for (var i = 0; i < 1000; i++)
        {
            var nic = Web with { Id = new($"eni-{i:x4}") };
            builder.Add(nic).Add(nic with { Groups = [] });
        }

        var said = builder.Contradictions();
        Assert.Equal(11, said.Count);
        Assert.Equal("990 more interfaces were read more than once with different contents.", said[^1].Message);
    }

    private static EstateBuilder Build(ImmutableArray<NetworkInterface> readings) => readings.Aggregate(new EstateBuilder(), (builder, nic) => builder.Add(nic));
}
