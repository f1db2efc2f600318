using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sallyport.CloudFormation.Values;
using Sallyport.Diagnostics;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Evaluation;

internal sealed partial class Evaluator
{
    private const int MaxItems = 10_000;

    /// <summary>Attributes that repeat what the resource's own properties say.</summary>
    private static readonly ImmutableArray<(string Type, string Attribute)> Mirrored =
    [
        ("AWS::EC2::VPC", "CidrBlock"), ("AWS::EC2::Subnet", "CidrBlock"), ("AWS::EC2::Subnet", "VpcId"), ("AWS::EC2::Subnet", "AvailabilityZone"),
        ("AWS::EC2::SecurityGroup", "VpcId"), ("AWS::EC2::NetworkInterface", "PrimaryPrivateIpAddress"), ("AWS::EC2::Instance", "PrivateIp"),
    ];

    private TemplateValue Call(TemplateStack stack, string name, SyntaxNode argument, SourceSpan at, World world) => name switch
    {
        "Ref" => argument is ScalarNode target ? Ref(stack, target.Text, at, world) : Bad(name, at),
        "Fn::GetAtt" => GetAtt(stack, argument, at, world),
        "Fn::Sub" => Sub(stack, argument, at, world),
        "Fn::Join" => JoinText(stack, argument, at, world),
        "Fn::Select" => Select(stack, argument, at, world),
        "Fn::Split" => Split(stack, argument, at, world),
        "Fn::If" => If(stack, argument, at, world),
        "Fn::FindInMap" => FindInMap(stack, argument, at, world),
        "Fn::ImportValue" => Import(Evaluate(stack, argument, world), at),
        "Fn::Cidr" => CidrBlocks(stack, argument, at, world),
        "Fn::Base64" => Evaluate(stack, argument, world) is TextValue text
            ? Made(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text)), at)
            : new UnknownValue("it is the Base64 form of a value that is not known", at),
        "Fn::GetAZs" => new OutsideValue("Fn::GetAZs", "AWS chooses the zones when the stack is deployed", at) { IsList = true },
        "Fn::Length" => Evaluate(stack, argument, world) is ListValue list
            ? new TextValue(list.Items.Length.ToString(CultureInfo.InvariantCulture), at)
            : new UnknownValue("it is the length of a list that is not known", at),
        "Fn::And" or "Fn::Or" or "Fn::Not" or "Fn::Equals" => Judge(stack, Again(name, argument, at), world) is { } holds
            ? new TextValue(holds ? "true" : "false", at)
            : new UnknownValue("its condition is open", at),
        "Fn::Transform" => new UnknownValue("a macro makes it when the stack is deployed", at),
        _ => new UnknownValue($"{name} is not worked out", at),
    };

    private static MapNode Again(string name, SyntaxNode argument, SourceSpan at) => new([new MapEntry(new ScalarNode(name, IsPlain: false, at), argument)], at);

    private static UnknownValue Bad(string name, SourceSpan at) => new($"{name} is not written as CloudFormation takes it", at);

    private TemplateValue Ref(TemplateStack stack, string name, SourceSpan at, World world)
    {
        if (stack.Template.Parameters.TryGetValue(name, out var parameter)) return Parameter(stack, name, parameter, at, world);
        if (stack.Find(name) is { } resource) return new ReferenceValue(resource, string.Empty, at);
        return name switch
        {
            "AWS::NoValue" => new NothingValue(at),
            "AWS::Region" when scope.Region.Length > 0 => new TextValue(scope.Region, at),
            "AWS::AccountId" when scope.Account.Length > 0 => new TextValue(scope.Account, at),
            "AWS::Partition" when scope.Region.Length > 0 => new TextValue(scope.Partition, at),
            "AWS::URLSuffix" when scope.Region.Length > 0 => new TextValue(scope.Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com", at),
            "AWS::Region" => new OutsideValue(name, "the Region is not known: give --region", at),
            "AWS::AccountId" => new OutsideValue(name, "the account is not known: give --account", at),
            "AWS::NotificationARNs" => new OutsideValue(name, "it is known when the stack is deployed", at) { IsList = true },
            _ when name.StartsWith("AWS::", StringComparison.Ordinal) => new OutsideValue(stack.Prefix + name, "it is known when the stack is deployed", at) { InText = $"${{{name}}}" },
            _ => new UnknownValue($"the template declares no {Cut(name)}", at),
        };
    }

    private TemplateValue GetAtt(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        var (name, attribute) = argument switch
        {
            ScalarNode { Text: var path } when path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot => (path[..dot], path[(dot + 1)..]),
            ListNode { Items: [ScalarNode first, var second] } => (first.Text, Evaluate(stack, second, world) is TextValue text ? text.Text : null),
            _ => (null, null),
        };
        return name is null || attribute is null ? Bad("Fn::GetAtt", at) : GetAtt(stack, name, attribute, at, world);
    }

    private TemplateValue GetAtt(TemplateStack stack, string name, string attribute, SourceSpan at, World world)
    {
        if (stack.Find(name) is not { } resource) return new UnknownValue($"the template declares no {Cut(name)}", at);
        if (attribute.StartsWith("Outputs.", StringComparison.Ordinal))
        {
            var output = attribute["Outputs.".Length..];
            if (!stack.Nested.TryGetValue(name, out var nested)) return new OutsideValue($"{resource.Address}.{attribute}", $"the nested stack {resource.Address} was not read", at);
            return nested.Outputs.GetValueOrDefault(output) is MapNode map && map.Find("Value") is { } value
                ? Evaluate(nested, value, world)
                : new UnknownValue($"the nested stack {resource.Address} has no output {Cut(output)}", at);
        }

        if (Mirrored.Contains((resource.Type, attribute)))
        {
            var own = Property(resource, attribute, world);
            if (own is not NothingValue) return own;
        }

        if (ServicePorts.IsPort(resource.Type, attribute))
        {
            var port = Property(resource, "Port", world);
            if (port is TextValue or OutsideValue) return port;
            var engine = Property(resource, "Engine", world) as TextValue;
            if (port is NothingValue && ServicePorts.Default(resource.Type, attribute, engine?.Text) is { } known) return new TextValue(known, at);
        }

        return new ReferenceValue(resource, attribute, at);
    }

    private TemplateValue Sub(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        var (template, variables) = argument switch
        {
            ScalarNode text => (text.Text, null),
            ListNode { Items: [ScalarNode text] } => (text.Text, null),
            ListNode { Items: [ScalarNode text, MapNode map] } => (text.Text, map),
            _ => ((string?)null, (MapNode?)null),
        };
        if (template is null) return Bad("Fn::Sub", at);
        var parts = new List<TemplateValue>();
        var position = 0;
        while (template.IndexOf("${", position, StringComparison.Ordinal) is >= 0 and var start && template.IndexOf('}', start) is >= 0 and var end)
        {
            if (start > position) parts.Add(TextOf(template[position..start], at));
            var name = template[(start + 2)..end].Trim();
            position = end + 1;
            if (name.StartsWith('!')) parts.Add(new TextValue($"${{{name[1..]}}}", at));
            else if (variables?.Find(name) is { } variable) parts.Add(Evaluate(stack, variable, world));
            else if (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot) parts.Add(GetAtt(stack, name[..dot], name[(dot + 1)..], at, world));
            else parts.Add(Ref(stack, name, at, world));
        }

        if (position < template.Length) parts.Add(TextOf(template[position..], at));
        return Concatenate(parts, string.Empty, at);
    }

    private TemplateValue JoinText(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        if (argument is not ListNode { Items: [var between, var items] }) return Bad("Fn::Join", at);
        if (Evaluate(stack, between, world) is not TextValue { Text: var separator }) return Bad("Fn::Join", at);
        return Evaluate(stack, items, world) switch
        {
            ListValue list => Concatenate(list.Items, separator, at),
            OutsideValue { IsList: true } outside => outside with { Symbol = $"Join({outside.Symbol})", InText = null, IsList = false, At = at },
            UnknownValue unknown => unknown,
            _ => Bad("Fn::Join", at),
        };
    }

    /// <summary>Text of several parts. One part alone stays what it is; parts that are not known make a name of the whole.</summary>
    private TemplateValue Concatenate(IReadOnlyList<TemplateValue> parts, string separator, SourceSpan at)
    {
        if (parts is [var only] && only is not ListValue and not MapValue) return only;
        var text = new StringBuilder();
        OutsideValue? open = null;
        ReferenceValue? reference = null;
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) text.Append(separator);
            switch (parts[i])
            {
                case UnknownValue unknown: return unknown;
                case NothingValue: break;
                case ListValue or MapValue: return new UnknownValue("it joins what is no text", at);
                case var part:
                    text.Append(part.Written);
                    open ??= part as OutsideValue;
                    reference ??= part as ReferenceValue;
                    break;
            }

            if (text.Length > MaxText) throw new TemplateLimitException(CloudFormationDiagnostics.TooMuch($"a text of more than {MaxText} characters", at));
        }

        Count(text.Length, at);
        var whole = text.ToString();
        if (open is not null) return new OutsideValue(whole, open.Why, at) { InText = whole, IsGlobal = parts.All(p => p is TextValue or OutsideValue { IsGlobal: true }) };
        return reference is null ? new TextValue(whole, at) : new OutsideValue(whole, $"{reference.Address} is known when the stack is deployed", at) { InText = whole };
    }

    private TemplateValue Select(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        if (argument is not ListNode { Items: [var number, var items] }) return Bad("Fn::Select", at);
        if (Evaluate(stack, number, world) is not TextValue { Text: var text } || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return Bad("Fn::Select", at);
        return Evaluate(stack, items, world) switch
        {
            ListValue list => index < list.Items.Length ? list.Items[index] : new UnknownValue($"Fn::Select takes item {index} of a list of {list.Items.Length}", at),
            OutsideValue { IsList: true } outside => outside with { Symbol = $"{outside.Symbol}[{index}]", InText = null, IsList = false, Hidden = null, At = at },
            ReferenceValue reference => new OutsideValue($"{reference.Address}[{index}]", $"{reference.Address} is known when the stack is deployed", at),
            UnknownValue unknown => unknown,
            _ => Bad("Fn::Select", at),
        };
    }

    private TemplateValue Split(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        if (argument is not ListNode { Items: [var between, var source] }) return Bad("Fn::Split", at);
        if (Evaluate(stack, between, world) is not TextValue { Text: { Length: > 0 } separator }) return Bad("Fn::Split", at);
        return Evaluate(stack, source, world) switch
        {
            TextValue text => Divide(text.Text, separator, at, trim: false),
            OutsideValue outside => outside with { Symbol = $"Split({outside.Symbol})", InText = null, IsList = true, Hidden = null, At = at },
            ReferenceValue reference => new OutsideValue($"Split({reference.Address})", $"{reference.Address} is known when the stack is deployed", at) { IsList = true },
            UnknownValue unknown => unknown,
            _ => Bad("Fn::Split", at),
        };
    }

    private TemplateValue Divide(string text, string separator, SourceSpan at, bool trim)
    {
        Count(text.Length, at);
        var parts = text.Split(separator, MaxItems + 1);
        if (parts.Length > MaxItems) return new UnknownValue($"it is a list of more than {MaxItems} values", at);
        Spend(parts.Length, at);
        return new ListValue([.. parts.Select(p => new TextValue(trim ? p.Trim() : p, at))], at);
    }

    private TemplateValue If(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        if (argument is not ListNode { Items: [ScalarNode condition, var then, var otherwise] }) return Bad("Fn::If", at);
        return Holds(stack, condition.Text, world, at) switch
        {
            true => Evaluate(stack, then, world),
            false => Evaluate(stack, otherwise, world),
            null => new UnknownValue($"the condition {Cut(condition.Text)} is open", at),
        };
    }

    private TemplateValue FindInMap(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        if (argument is not ListNode { Items: [var mapName, var first, var second, ..] } list) return Bad("Fn::FindInMap", at);
        var instead = list.Items is [_, _, _, MapNode options] ? options.Find("DefaultValue") : null;
        var (name, top, key) = (Evaluate(stack, mapName, world), Evaluate(stack, first, world), Evaluate(stack, second, world));
        if (name is TextValue { Text: var map } && stack.Template.Mappings.GetValueOrDefault(map) is MapNode mapping)
        {
            if (top is TextValue topKey && key is TextValue secondKey)
            {
                if ((mapping.Find(topKey.Text) as MapNode)?.Find(secondKey.Text) is { } found) return Evaluate(stack, found, world);
            }
            else if (key is TextValue common && instead is null && Agreed(stack, mapping, common.Text, world) is { } agreed)
            {
                return agreed;
            }
        }

        if (new[] { name, top, key }.FirstOrDefault(v => v is not TextValue) is { } open)
        {
            var why = (open as OutsideValue)?.Why ?? (open as UnknownValue)?.Why ?? "its key is not known";
            return new OutsideValue($"FindInMap({name.Written}, {top.Written}, {key.Written})", why, at) { Hidden = null };
        }

        return instead is null ? new UnknownValue($"the mapping {Cut(name.Written!)} has no {Cut(top.Written!)}, {Cut(key.Written!)}", at) : Evaluate(stack, instead, world);
    }

    /// <summary>The value that every row of a mapping has: then it does not matter which row is meant.</summary>
    private TemplateValue? Agreed(TemplateStack stack, MapNode mapping, string key, World world)
    {
        TemplateValue? agreed = null;
        foreach (var row in mapping.Entries)
        {
            if ((row.Value as MapNode)?.Find(key) is not ScalarNode cell || Evaluate(stack, cell, world) is not TextValue value) return null;
            if (agreed is TextValue known && known.Text != value.Text) return null;
            agreed = value;
        }

        return agreed;
    }

    private static TemplateValue Import(TemplateValue name, SourceSpan at) => name switch
    {
        { Written: { } written } => new OutsideValue($"ImportValue:{written}", "it comes from another stack", at) { IsGlobal = name is TextValue },
        UnknownValue unknown => unknown,
        _ => Bad("Fn::ImportValue", at),
    };

    private TemplateValue CidrBlocks(TemplateStack stack, SyntaxNode argument, SourceSpan at, World world)
    {
        if (argument is not ListNode { Items: [var block, var count, ..] } list) return Bad("Fn::Cidr", at);
        var from = Evaluate(stack, block, world);
        if (from is OutsideValue or ReferenceValue)
        {
            var why = from is OutsideValue outside ? outside.Why : $"{((ReferenceValue)from).Address} is known when the stack is deployed";
            return new OutsideValue($"Cidr({from.Written})", why, at) { IsList = true };
        }

        if (from is UnknownValue) return from;
        if (from is not TextValue text || !Cidr.TryParse(text.Text, out var whole) || Number(Evaluate(stack, count, world)) is not (>= 1 and <= 256 and var many)) return Bad("Fn::Cidr", at);
        var width = Cidr.Width(whole.Family);
        var bits = list.Items.Length > 2 ? Number(Evaluate(stack, list.Items[2], world)) : null;
        var length = width - (bits ?? (width - whole.PrefixLength - (int)Math.Ceiling(Math.Log2(many))));
        if (length < whole.PrefixLength || length > width || (length - whole.PrefixLength < 30 && many > 1 << (length - whole.PrefixLength))) return Bad("Fn::Cidr", at);
        var blocks = Enumerable.Range(0, many).Select(i => Cidr.Containing(new Address(whole.Family, whole.Bits + ((AddressNumber)i << (width - length))), length));
        return new ListValue([.. blocks.Select(b => new TextValue(b.ToString(), at))], at);
    }

    private static int? Number(TemplateValue value) =>
        value is TextValue { Text: var text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private TextValue Made(string text, SourceSpan at)
    {
        Count(text.Length, at);
        return new TextValue(text, at);
    }

    /// <summary>Counts text that was made, and stops what grows without end.</summary>
    public void Count(int characters, SourceSpan at)
    {
        if (characters > MaxText) throw new TemplateLimitException(CloudFormationDiagnostics.TooMuch($"a text of more than {MaxText} characters", at));
        _characters += characters;
        if (_characters > MaxCharacters) throw new TemplateLimitException(CloudFormationDiagnostics.TooMuch($"more than {MaxCharacters} characters of text", at));
    }

    private static string Cut(string text) => text.Length <= 80 ? text : $"{text[..80]}…";
}
