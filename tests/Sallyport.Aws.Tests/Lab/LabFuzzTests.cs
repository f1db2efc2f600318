using FsCheck;
using FsCheck.Fluent;
using Sallyport.Lab;
using Sallyport.Lab.Estates;
using Sallyport.Lab.Wire;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>Whatever is sent, the lab answers as EC2 might, and never with an error of its own.</summary>
public sealed class LabFuzzTests
{
    private static readonly string[] Texts =
    [
        "", "a", "default", "web", "true", "false", "-1", "0", "1", "5", "443", "65535", "65536", "2147483647", "99999999999999999999", "tcp", "udp", "icmp", "icmpv6",
        "50", "all", "10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "::/0", "2001:db8::1/32", "10.0.0.0/33", "10.0.0.5", "IPv4", "IPv6", "us-east-1", "mars", "*", "?\\",
        "group-id", "tag:a", "tag-key", "vpc-id", "security-group", "security-group-rule", "prefix-list", "arn:aws:iam::111122223333:role/x", "aws:reserved",
        "111122223333", "444455556666", "sg-0123456789abcdef0", "sgr-0123456789abcdef0", "vpc-01234567", "pl-01234567", "eni-", "x\u0000y\uFFFF<&>", "é\uD83D\uDE00",
        new string('x', 300), "AAAA", "bm9uc2Vuc2Vub25zZW5zZQ==",
    ];

    [Fact]
    public async Task Any_call_of_any_operation_gets_an_answer_of_EC2()
    {
        var acme = AcmeEstate.Create();
        await using var server = await LabServer.StartAsync(new LabOptions { Estate = acme }, TestContext.Current.CancellationToken);
        string[] ids =
        [
            .. acme.SecurityGroups.Select(g => g.Id.Value), .. acme.SecurityGroups.SelectMany(g => g.Rules).Select(r => r.Id?.Value).OfType<string>(),
            .. acme.Vpcs.Select(v => v.Id.Value), .. acme.Subnets.Select(s => s.Id.Value), .. acme.NetworkInterfaces.Select(i => i.Id.Value),
            .. acme.PrefixLists.Select(p => p.Id.Value), .. acme.Peerings.Select(p => p.Id.Value), .. acme.RouteTables.Select(t => t.Id),
            .. acme.SecurityGroups.Select(g => g.Name),
        ];
        var value = Gen.OneOf(Gen.Elements(Texts), Gen.Elements(ids));
        var calls =
            from operation in Gen.Elements(Operations.Ec2.Values.OrderBy(o => o.Name).ToArray())
            from arguments in Arguments(operation.Parameters, string.Empty, value, 0)
            select (operation.Name, Arguments: arguments.DistinctBy(a => a.Split('=')[0]).ToArray());
        var client = new LabClient(server, "111122223333", server.Regions[0]);
        var answered = new HashSet<string?>();
        foreach (var (name, arguments) in Gen.Sample(calls, 4000))
        {
            var answer = await client.SendAsync(name, arguments);
            answered.Add(answer.Code);
            Assert.True(answer.Status < 500, $"{name} {string.Join('&', arguments)}: {answer.Document} {server.LastBug}");
        }

        Assert.Null(server.LastBug);
        Assert.Contains(null, answered);
        Assert.True(answered.Count > 20, string.Join(' ', answered));
    }

    [Fact]
    public async Task Any_bytes_get_an_answer()
    {
        await using var server = await LabServer.StartAsync(new LabOptions(), TestContext.Current.CancellationToken);
        var client = new LabClient(server);
        var pieces = Gen.Elements("Action=", "Version=2016-11-15", "DescribeVpcs", "&", "=", "%", "%2", "%00", "+", ".", "1", "Filter", "Value", "é", "\u0000", "AuthorizeSecurityGroupIngress", "GroupId");
        foreach (var body in Gen.Sample(pieces.ListOf().Select(p => string.Concat(p)), 1000))
        {
            var answer = await client.PostAsync(body, client.Signed());
            Assert.InRange(answer.Status, 200, 499);
        }

        Assert.Null(server.LastBug);
    }

    /// <summary>Arguments that fit an operation's shape, with any values; each parameter is there about one time in three.</summary>
    private static Gen<IEnumerable<string>> Arguments(ParameterShape shape, string name, Gen<string> value, int depth)
    {
        switch (shape.Kind)
        {
            case ParameterKind.Structure:
                var prefix = depth == 0 ? string.Empty : name + ".";
                return Gen.CollectToArray(shape.Members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => Gen.Frequency(
                        (m.Value.IsRequired ? 12 : 2, Arguments(m.Value, prefix + m.Key, value, depth + 1)),
                        (depth == 0 ? 4 : 2, Gen.Constant(Enumerable.Empty<string>())))))
                    .Select(parts => parts.SelectMany(p => p));
            case ParameterKind.List:
                return from count in Gen.Choose(1, 3)
                       from items in Gen.CollectToArray(Enumerable.Range(1, count).Select(i => Arguments(shape.Element!, $"{name}.{i}", value, depth + 1)))
                       select items.SelectMany(i => i);
            case ParameterKind.Integer:
                return Gen.Frequency((6, Gen.Choose(-2, 300).Select(i => $"{i}")), (1, value)).Select(v => (IEnumerable<string>)[$"{name}={v}"]);
            case ParameterKind.Boolean:
                return Gen.Elements("true", "false", "false", "yes").Select(v => (IEnumerable<string>)[$"{name}={v}"]);
            default:
                return value.Select(v => (IEnumerable<string>)[$"{name}={v}"]);
        }
    }
}
