using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Patching;

/// <summary>What EC2 holds, one line a group or rule: <c>sg-0000000a web</c>, then <c>ingress tcp/22 10.0.0.0/8 why</c>.</summary>
internal static class LiveEstate
{
    public static readonly Scope Home = new("111122223333", "eu-west-1");

    public static Estate Of(string text)
    {
        var builder = new EstateBuilder();
        SecurityGroup? group = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', 4);
            if (words[0] is not ("ingress" or "egress"))
            {
                if (group is not null) builder.Add(group);
                group = new SecurityGroup(new SecurityGroupId(words[0]), Home) { Name = words[1], Vpc = new VpcId("vpc-0123456789abcdef0"), Tags = TagsOf(words[2..]) };
                continue;
            }

            var rule = new SecurityGroupRule(words[0] == "ingress" ? Direction.Ingress : Direction.Egress, Service.Parse(words[1]), PeerOf(words[2])) { Description = words.Length > 3 ? words[3] : string.Empty };
            group = group! with { Rules = [.. group.Rules, rule] };
        }

        if (group is not null) builder.Add(group);
        return builder.Build();
    }

    private static Peer PeerOf(string text) =>
        text.StartsWith("sg-", StringComparison.Ordinal) ? new GroupPeer(new SecurityGroupId(text))
        : text.StartsWith("pl-", StringComparison.Ordinal) ? new PrefixListPeer(new PrefixListId(text))
        : new CidrPeer(Cidr.Parse(text));

    private static Tags TagsOf(string[] words) => Tags.Of(string.Join(' ', words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split('=')).Select(p => new KeyValuePair<string, string>(p[0], p[1])));
}
