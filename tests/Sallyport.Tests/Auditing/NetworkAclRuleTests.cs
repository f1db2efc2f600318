using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Auditing.Rules.NetworkAcls;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

public sealed class NetworkAclRuleTests
{
    private static string Acl(params string[] entries) => "subnet subnet-a 10.1.0.0/24\n" + string.Join("\n", entries.Select(e => $"acl subnet-a {e}"));

    [Theory]
    [InlineData("allow ingress tcp/22 0.0.0.0/0")]
    [InlineData("allow ingress udp/22 0.0.0.0/0")]
    [InlineData("allow ingress tcp/3389 ::/0")]
    [InlineData("allow ingress udp/3389 ::/0")]
    [InlineData("allow ingress tcp/20-25 0.0.0.0/0")]
    [InlineData("allow ingress any 0.0.0.0/0")]
    [InlineData("deny ingress tcp/3389 0.0.0.0/0", "allow ingress any 0.0.0.0/0")]
    [InlineData("allow ingress tcp/22 0.0.0.0/0", "deny ingress tcp/22 0.0.0.0/0")]
    [InlineData("deny ingress tcp/22 198.51.100.0/24", "allow ingress tcp/22 0.0.0.0/0")]
    [InlineData("allow ingress tcp/22 0.0.0.0/1", "allow ingress tcp/22 128.0.0.0/1")]
    [InlineData("deny ingress tcp/22 0.0.0.0/0", "allow ingress tcp/22 ::/0")]
    public void Admin_ports_open_to_the_world_by_first_match(params string[] entries) => Assert.Equal("AWS::EC2::NetworkAcl", Audit.Fires("SP-NACL-01", Acl(entries)).Resource.Type);

    [Theory]
    [InlineData("allow ingress tcp/23-25 0.0.0.0/0")]
    [InlineData("allow ingress tcp/22 10.0.0.0/8")]
    [InlineData("allow ingress icmp/22/-1 0.0.0.0/0")]
    [InlineData("allow ingress proto/47 0.0.0.0/0")]
    [InlineData("allow egress tcp/22 0.0.0.0/0")]
    [InlineData("allow ingress tcp/22 8.0.0.0/8")]
    [InlineData("deny ingress tcp/0-65535 0.0.0.0/0", "deny ingress udp/0-65535 0.0.0.0/0", "allow ingress any 0.0.0.0/0")]
    [InlineData("deny ingress tcp/22 0.0.0.0/1", "deny ingress tcp/22 128.0.0.0/1", "allow ingress tcp/22 0.0.0.0/0")]
    public void Admin_ports_closed_to_the_world(params string[] entries) => Audit.Quiet("SP-NACL-01", Acl(entries));

    [Fact]
    public void The_order_of_numbers_decides_and_not_the_order_of_the_listing()
    {
        Audit.Quiet("SP-NACL-01", Acl("allow ingress tcp/22 0.0.0.0/0 number 200", "deny ingress tcp/22 0.0.0.0/0 number 100"));
        Audit.Fires("SP-NACL-01", Acl("deny ingress tcp/22 0.0.0.0/0 number 200", "allow ingress tcp/22 0.0.0.0/0 number 100"));
    }

    [Fact]
    public void The_message_names_ports_family_and_entry() => Assert.Equal(
        "The world is let in to administration ports: tcp/22 over IPv4 (entry 90).",
        Audit.Fires("SP-NACL-01", Acl("allow ingress tcp/22 0.0.0.0/0 number 90", "allow ingress tcp/443 0.0.0.0/0 number 91", "allow ingress tcp/443 ::/0")).Message);

    [Theory]
    [InlineData("high", "allow ingress any 0.0.0.0/0")]
    [InlineData("high", "allow ingress tcp/1-65535 0.0.0.0/0")]
    [InlineData("high", "allow ingress udp/0-65535 ::/0")]
    [InlineData("low", "allow egress any 0.0.0.0/0")]
    [InlineData("high", "allow egress any 0.0.0.0/0", "allow ingress any 0.0.0.0/0")]
    public void All_ports_open(string severity, params string[] entries) =>
        Assert.Equal(severity, Audit.Fires("SP-NACL-02", Acl(entries)).Severity.ToString().ToLowerInvariant());

    [Theory]
    [InlineData("allow ingress tcp/1024-65535 0.0.0.0/0")]
    [InlineData("allow ingress any 10.0.0.0/8")]
    [InlineData("deny ingress any 0.0.0.0/0", "allow ingress any 0.0.0.0/0")]
    [InlineData("deny ingress tcp/22 0.0.0.0/0", "allow ingress tcp/0-65535 0.0.0.0/0")]
    [InlineData("allow ingress proto/47 0.0.0.0/0")]
    public void Not_all_ports_open(params string[] entries) => Audit.Quiet("SP-NACL-02", Acl(entries));

    [Fact]
    public void An_open_acl_that_no_subnet_uses_is_no_emergency() =>
        Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-NACL-02", "acl - allow ingress any 0.0.0.0/0").Severity);

    [Theory]
    [InlineData("comes after allow entry 100, which lets its traffic through", "allow ingress tcp/22 0.0.0.0/0", "deny ingress tcp/22 10.0.0.0/8")]
    [InlineData("comes after allow entry 100, which lets part of its traffic through", "allow ingress tcp/22 10.0.0.0/8", "deny ingress tcp/22 0.0.0.0/0")]
    [InlineData("decides nothing", "deny ingress any 0.0.0.0/0", "deny ingress tcp/22 10.0.0.0/8")]
    [InlineData("decides nothing", "deny ingress tcp/22 0.0.0.0/1", "deny ingress tcp/22 128.0.0.0/1", "deny ingress tcp/22 198.51.100.0/24")]
    [InlineData("leaves tcp/22 open to the world over IPv6", "deny ingress tcp/22 0.0.0.0/0", "allow ingress any 0.0.0.0/0", "allow ingress tcp/22 ::/0")]
    public void A_deny_that_does_not_stop_what_it_names(string words, params string[] entries) =>
        Assert.Contains(words, Audit.Fires("SP-NACL-03", Acl(entries)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("deny ingress tcp/22 10.0.0.0/8", "allow ingress tcp/22 0.0.0.0/0")]
    [InlineData("allow ingress tcp/443 0.0.0.0/0", "deny ingress tcp/22 0.0.0.0/0")]
    [InlineData("allow ingress tcp/22 10.0.0.0/8", "deny egress tcp/22 0.0.0.0/0")]
    [InlineData("allow ingress tcp/443 0.0.0.0/0", "allow ingress tcp/443 ::/0", "deny ingress tcp/22 0.0.0.0/0", "deny ingress tcp/22 ::/0")]
    [InlineData("allow ingress tcp/443 0.0.0.0/0", "deny ingress any ::/0")]
    [InlineData("allow ingress any 0.0.0.0/0", "deny ingress any 0.0.0.0/0 number 32767")]
    public void A_deny_that_stops_what_it_names(params string[] entries) => Audit.Quiet("SP-NACL-03", Acl(entries));

    [Fact]
    public void A_vpc_without_ipv6_has_no_way_around_over_it() =>
        Audit.Quiet("SP-NACL-03", $"vpc vpc-a 10.1.0.0/16\n{Acl("deny ingress tcp/22 0.0.0.0/0", "allow ingress tcp/22 ::/0")}");

    [Fact]
    public void A_deny_of_less_than_the_world_is_objected_to_on_request()
    {
        var text = Acl("deny ingress tcp/22 198.51.100.0/24", "allow ingress tcp/22 10.0.0.0/8");
        Audit.Quiet("SP-NACL-03", text);
        Audit.Fires("SP-NACL-03", $"set nacl.deny.world true\n{text}");
    }

    [Theory]
    [InlineData(true, "allow ingress tcp/22 10.0.0.0/8", "deny ingress tcp/0-1023 0.0.0.0/0")]
    [InlineData(true, "deny ingress tcp/22 10.1.0.0/16", "allow ingress any 10.0.0.0/8")]
    [InlineData(true, "allow ingress tcp/22 10.0.0.0/8", "allow ingress tcp/22 10.1.0.0/16")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8", "allow ingress tcp/20-25 10.0.0.0/8")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8", "deny ingress tcp/23 10.0.0.0/8")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8", "deny ingress udp/22 10.0.0.0/8")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8", "deny ingress tcp/22 11.0.0.0/8")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8", "deny egress tcp/22 10.0.0.0/8")]
    [InlineData(false, "allow ingress tcp/22 0.0.0.0/0", "deny ingress tcp/22 ::/0")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8", "deny ingress any 0.0.0.0/0 number 32767")]
    public void Entries_of_contrary_action_that_share_traffic(bool fires, params string[] entries)
    {
        if (fires) Audit.Fires("SP-NACL-04", Acl(entries));
        else Audit.Quiet("SP-NACL-04", Acl(entries));
    }

    [Theory]
    [InlineData(true, "allow ingress tcp/22 10.0.0.0/8 number 7", "allow ingress tcp/23 10.0.0.0/8 number 7")]
    [InlineData(true, "allow ingress tcp/22 10.0.0.0/8 number 7", "allow ingress tcp/22 ::/0 number 7")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8 number 7", "allow egress tcp/22 10.0.0.0/8 number 7")]
    [InlineData(false, "allow ingress tcp/22 10.0.0.0/8 number 7", "allow ingress tcp/22 10.0.0.0/8 number 8")]
    public void A_number_is_given_once_a_direction(bool fires, params string[] entries)
    {
        if (fires) Assert.Contains("ingress 7", Audit.Fires("SP-NACL-05", Acl(entries)).Message, StringComparison.Ordinal);
        else Audit.Quiet("SP-NACL-05", Acl(entries));
    }

    [Fact]
    public void The_default_acl_may_be_unused() => Audit.Quiet("SP-NACL-06", "acl - allow ingress tcp/443 0.0.0.0/0\nacl - default");

    [Fact]
    public void A_subnet_that_no_acl_names_has_the_default_one()
    {
        Assert.Equal("subnet-b", Audit.Fires("SP-NACL-07", "subnet subnet-a 10.1.0.0/24\nsubnet subnet-b 10.1.1.0/24\nacl subnet-a allow ingress tcp/443 0.0.0.0/0").Resource.Id);
    }

    [Theory]
    [InlineData("SP-NACL-01")]
    [InlineData("SP-NACL-02")]
    [InlineData("SP-NACL-03")]
    [InlineData("SP-NACL-04")]
    [InlineData("SP-NACL-05")]
    [InlineData("SP-NACL-06")]
    [InlineData("SP-NACL-07")]
    public void Acls_that_were_not_read_are_unknown_once_a_scope(string rule)
    {
        Assert.Equal("network ACLs of 111122223333/eu-west-1 were not read", Audit.Unknown(rule, "group web\nsubnet subnet-a 10.1.0.0/24\nsubnet subnet-b 10.1.1.0/24\ngap NetworkAcls"));
    }

    [Theory]
    [InlineData("SP-NACL-01")]
    [InlineData("SP-NACL-04")]
    public void An_acl_with_entries_that_were_not_understood_is_unknown(string rule) =>
        Assert.Contains("entries", Audit.Unknown(rule, $"{Acl("allow ingress tcp/22 0.0.0.0/0")}\ngap NetworkAcls acl-subnet-a Entry 90 cannot be understood."), StringComparison.Ordinal);

    [Fact]
    public void An_acl_of_absurd_length_is_not_judged_and_does_not_stall_the_audit()
    {
        var entries = Enumerable.Range(1, 2_000).Select(i => new NetworkAclEntry(Direction.Ingress, i, true, Service.Tcp(i), Cidr.Containing(new Address(IpFamily.V4, (AddressNumber)(i * 7919)), 28)));
        var acl = new NetworkAcl("acl-1", EstateText.Home, new VpcId("vpc-a")) { Entries = [.. entries] };
        var report = Audit.Of(new EstateBuilder().AddScope(EstateText.Home).Add(acl).Build());
        Assert.Contains(report.Unknown, u => u is { Rule: "SP-NACL-01", Gap: "it has more entries than EC2 takes" });
    }

    // Small universes: an address of each piece and a service of each kind stand for all.
    private static readonly Gen<ImmutableArray<NetworkAclEntry>> Entries =
        from count in Gen.Choose(1, 7)
        from numbers in Gen.Choose(1, 9).ArrayOf(count)
        from allows in Gen.Elements(true, false).ArrayOf(count)
        from services in Gen.Elements("any", "tcp/0-65535", "tcp/22", "tcp/20-25", "udp/22", "icmp", "tcp/443").ArrayOf(count)
        from blocks in Gen.Elements("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.1.0.0/16", "198.0.0.0/8").ArrayOf(count)
        select Enumerable.Range(0, count).Select(i => new NetworkAclEntry(Direction.Ingress, numbers[i], allows[i], Service.Parse(services[i]), Cidr.Parse(blocks[i])))
            .DistinctBy(e => e.Number).OrderBy(e => e.Number).ToImmutableArray();

    private static readonly Address[] Addresses = [.. new[] { "1.2.3.4", "10.0.0.1", "10.1.0.1", "130.0.0.1", "198.0.0.1" }.Select(Address.Parse)];

    private static readonly int[] Points = [.. new[] { "tcp/22", "tcp/21", "tcp/443", "tcp/9999", "udp/22", "icmp/0/0", "proto/47" }.Select(s => Service.Parse(s).Interval.First)];

    [Fact]
    public void Readings_of_entries_agree_with_asking_packet_by_packet() => Prop.ForAll(Entries.ToArbitrary(), entries =>
    {
        var acl = new NetworkAcl("acl-1", EstateText.Home, new VpcId("vpc-a")) { Entries = entries };
        foreach (var reading in EntryReading.Of(acl, Direction.Ingress, IpFamily.V4))
        {
            var (decidesSome, isPreempted) = (false, false);
            foreach (var address in Addresses)
            {
                foreach (var point in Points.Where(p => ServiceSet.Of(reading.Entry.Service).Contains(p)))
                {
                    if (!reading.Entry.Cidr.Contains(address)) continue;
                    var first = entries.First(e => e.Cidr.Contains(address) && ServiceSet.Of(e.Service).Contains(point));
                    decidesSome |= first == reading.Entry;
                    isPreempted |= first.Allows != reading.Entry.Allows;
                    Assert.Equal(first.Number < reading.Entry.Number && first.Allows != reading.Entry.Allows, reading.Preempted.At(address.Bits).Contains(point));
                }
            }

            if (decidesSome) Assert.False(reading.IsShadowed);
            if (reading.IsShadowed) Assert.False(decidesSome);
            Assert.Equal(isPreempted, Addresses.Any(a => Points.Any(p => reading.Preempted.At(a.Bits).Contains(p))));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_an_acl_opens_is_what_first_matches_let_half_the_world_do() => Prop.ForAll(Entries.ToArbitrary(), entries =>
    {
        var acl = new NetworkAcl("acl-1", EstateText.Home, new VpcId("vpc-a")) { Entries = entries };
        var opening = new AclOpening(acl, 0.5).Of(Direction.Ingress, IpFamily.V4);
        var compiled = new CompiledAcl(acl).Side(Direction.Ingress, IpFamily.V4);
        var world = PublicSpace.WorldOf(IpFamily.V4);
        foreach (var point in Points)
        {
            var open = AddressSet.FromRanges(IpFamily.V4, compiled.Slabs.Where(s => s.Services.Contains(point)).Select(s => s.Range)).Intersect(world);
            Assert.Equal((double)open.Count >= 0.5 * (double)world.Count, opening.Contains(point));
        }
    }).QuickCheckThrowOnFailure();
}
