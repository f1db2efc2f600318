using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity;

public sealed class ReacherTests
{
    [Fact]
    public void Both_sides_must_allow()
    {
        var model = ConnectivityModel.Of(TwoTiers("tcp/3306", "tcp/3300-3310"));
        var reacher = new Reacher(model);
        var answer = reacher.Ask(new ReachQuestion(model.OfGroup(EstateGenerator.GroupId(1)), model.OfGroup(EstateGenerator.GroupId(2))));
        Assert.Equal(Verdict.Allowed, answer.Verdict);
        Assert.Equal("tcp/3306", answer.Allowed.ToString());
        var asked = reacher.Ask(new ReachQuestion(model.OfGroup(EstateGenerator.GroupId(1)), model.OfGroup(EstateGenerator.GroupId(2)), ServiceSet.Of(Service.Parse("tcp/3305"))));
        Assert.Equal(Verdict.DeniedAtEgress, asked.Verdict);
        Assert.Equal([Layer.Egress], asked.Blockers);
    }

    private static Estate TwoTiers(string egress, string ingress)
    {
        var (web, db) = (EstateGenerator.GroupId(1), EstateGenerator.GroupId(2));
        return new EstateBuilder()
            .Add(new SecurityGroup(web, EstateGenerator.Home) { Vpc = EstateGenerator.VpcA, Rules = [new(Direction.Egress, Service.Parse(egress), new GroupPeer(db))] })
            .Add(new SecurityGroup(db, EstateGenerator.Home) { Vpc = EstateGenerator.VpcA, Rules = [new(Direction.Ingress, Service.Parse(ingress), new GroupPeer(web))] })
            .Add(Nic(1, "10.1.1.4", web)).Add(Nic(2, "10.1.1.5", web)).Add(Nic(3, "10.1.2.4", db))
            .Build();
    }

    private static NetworkInterface Nic(int n, string address, SecurityGroupId group) => new(new NetworkInterfaceId($"eni-{n:x8}"), EstateGenerator.Home)
    {
        Vpc = EstateGenerator.VpcA,
        Addresses = [Address.Parse(address)],
        Groups = [group],
    };
}
