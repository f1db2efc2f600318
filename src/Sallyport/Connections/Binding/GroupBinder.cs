using System.Collections.Immutable;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Yaml;

namespace Sallyport.Connections.Binding;

/// <summary>Binds <c>groups</c>.</summary>
internal sealed class GroupBinder(BindingContext context)
{
    public ImmutableArray<GroupDeclaration> Bind(Section file)
    {
        var result = ImmutableArray.CreateBuilder<GroupDeclaration>();
        var byId = new Dictionary<string, string>();
        foreach (var (name, value) in file.Named("groups"))
        {
            if (name.Text == "internet")
            {
                context.Report(ConnectionsDiagnostics.ReservedName(name.Text, "it means everybody, which is an external", name.At));
            }

            if (Section.Open(value, ConnectionsKeys.Group, context, name.At) is not { } section) continue;
            var group = BindGroup(name.Text, section);
            if (group.IsReadOnly) context.ReadOnlyGroups.Add(name.Text);
            if (group.Sg is { } id && !byId.TryAdd(id.Value, name.Text))
            {
                context.Report(ConnectionsDiagnostics.SameGroupTwice(name.Text, byId[id.Value], id.Value, name.At));
            }

            result.Add(group);
        }

        return result.DrainToImmutable();
    }

    public static void CheckAccount(string text, string key, SourceSpan at, BindingContext context)
    {
        if (text.Length != 12 || !text.All(char.IsAsciiDigit))
        {
            context.Report(YamlDiagnostics.BadValue(text, key, "an account id of twelve digits", null, at));
        }
    }

    /// <summary>True for <c>sg-</c> and 8 or 17 hex digits.</summary>
    private static bool IsGroupId(string text) =>
        text.Length is 11 or 20 && text.StartsWith("sg-", StringComparison.Ordinal) && text.Skip(3).All(char.IsAsciiHexDigitLower);

    private GroupDeclaration BindGroup(string name, Section section)
    {
        var (sg, select) = (section["sg"], section["select"]);
        if (sg is null == select is null) context.Report(ConnectionsDiagnostics.SgOrSelect(name, both: sg is not null, section.At));
        var id = section.Text("sg")?.Trim();
        if (id is not null && !IsGroupId(id)) context.Report(ConnectionsDiagnostics.MalformedGroupId(id, sg!.At));
        if (id is not null && !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            context.Report(YamlDiagnostics.BadValue(id, "sg", "a security group id", null, sg!.At));
        }

        return new GroupDeclaration(name, id is null ? null : new SecurityGroupId(id), select is null ? null : BindSelect(name, select))
        {
            Owner = section.Text("owner"),
            IsReadOnly = context.Flag(section["readOnly"], "readOnly"),
            At = section.At,
        };
    }

    private GroupSelector? BindSelect(string name, SyntaxNode node)
    {
        if (Section.Open(node, ConnectionsKeys.Select, context) is not { } section) return null;
        var account = section.Text("account");
        if (account is not null) CheckAccount(account, "account", section["account"]!.At, context);
        var selector = new GroupSelector
        {
            Name = section.Text("name"),
            Vpc = section.Text("vpc"),
            Account = account,
            Region = section.Text("region"),
            Tags = BindTags(section["tags"]),
        };
        if (selector == new GroupSelector()) context.Report(ConnectionsDiagnostics.EmptySelect(name, node.At));
        return selector;
    }

    private Tags BindTags(SyntaxNode? node)
    {
        if (node is null) return Tags.None;
        if (node is not MapNode map)
        {
            context.Report(YamlDiagnostics.WrongKind("\"tags\"", "a mapping from tag keys to values", node.At));
            return Tags.None;
        }

        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var (key, value) in map.Entries)
        {
            // An empty value is a value to EC2, but only a quoted one shows that it is meant.
            if (value is ScalarNode { IsNull: false } text) pairs.Add(new(key.Text, text.Text));
            else context.Report(YamlDiagnostics.WrongKind($"The tag \"{key.Text}\"", "text", value.At));
        }

        return Tags.Of(pairs);
    }
}
