using System.Collections.Immutable;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// A module with its inputs: the scope of its expressions. Locals, variables and outputs are worked out when somebody asks, once;
/// one that asks for itself is unknown.
/// </summary>
internal sealed class TerraformModuleInstance : IHclScope
{
    // Data sources whose arguments tell enough.
    private static readonly HashSet<string> NamedData = ["aws_prefix_list", "aws_ec2_managed_prefix_list"];

    private readonly TerraformModule _module;
    private readonly HclEvaluator _evaluator;
    private readonly Func<string, HclValue?> _input;
    private readonly Func<string, TerraformProvider?> _inherited;
    private readonly Dictionary<string, TerraformProvider> _providers = [];
    private readonly TerraformModuleTree _tree;
    private readonly Dictionary<string, HclValue> _known = [];
    private readonly HashSet<string> _open = [];
    private readonly Dictionary<string, Expansion> _expansions = [];
    private readonly Dictionary<string, (Expansion Expansion, ImmutableArray<TerraformModuleInstance> Instances)> _called = [];
    private readonly ILookup<string, TerraformBlock> _blocks;

    /// <summary>Makes the instance.</summary>
    /// <param name="module">What is instantiated.</param>
    /// <param name="path">Empty for the root, else such as <c>module.net["a"]</c>.</param>
    /// <param name="input">The value given to a variable; null when none is.</param>
    /// <param name="tree">The modules around it.</param>
    /// <param name="evaluator">Of the whole tree.</param>
    /// <param name="inherited">The caller's provider of a name, such as <c>aws</c> or <c>aws.west</c>; null when it has none.</param>
    public TerraformModuleInstance(
        TerraformModule module, string path, Func<string, HclValue?> input, TerraformModuleTree tree, HclEvaluator evaluator, Func<string, TerraformProvider?> inherited)
    {
        (_module, Path, _input, _tree, _evaluator, _inherited) = (module, path, input, tree, evaluator, inherited);
        _blocks = module.Resources.ToLookup(r => r.Address);
    }

    /// <summary>Address of the module instance; empty for the root.</summary>
    public string Path { get; }

    /// <summary>What is instantiated.</summary>
    public TerraformModule Module => _module;

    /// <summary>The instance whose code calls this one; null for the root.</summary>
    public TerraformModuleInstance? Caller { get; private init; }

    /// <summary>Why it is not known whether, or how often, the instance exists; null when it is.</summary>
    public string? Doubt { get; private init; }

    public HclValue? Find(string root, string name) => root switch
    {
        "var" => Once($"var.{name}", () => Variable(name)),
        "local" => Once($"local.{name}", () => _module.Locals.TryGetValue(name, out var local)
            ? _evaluator.Evaluate(local.Value, this)
            : new HclUnknown($"there is no local.{name}")),
        "module" => Once($"module.{name}", () => Called(name)),
        "data" when name is "aws_region" or "aws_caller_identity" => new HclResourceValue(Prefixed($"data.{name}"), source => OfProvider(name, source)),
        "data" => new HclUnknown("data sources are read by a run of Terraform", Prefixed($"data.{name}")),
        "path" => new HclString(name == "module" ? _module.Folder : "."),
        "terraform" => name == "workspace" ? new HclString("default") : new HclUnknown($"terraform.{name} is only known to a run"),
        "each" or "count" or "self" => null,
        _ when _blocks[$"{root}.{name}"].FirstOrDefault() is { } block => ValueOf(block),
        _ => null,
    };

    public HclValue? Find(string root) => null;

    /// <summary>Every managed resource of this module and of those it calls, and the data sources that name a prefix list.</summary>
    public IEnumerable<TerraformResource> Resources()
    {
        foreach (var block in _module.Resources)
        {
            if (block.IsData && !NamedData.Contains(block.Type)) continue;
            var provider = ProviderOf(block.Body);
            foreach (var instance in ExpansionOf(block.Address, block.Body).Instances)
            {
                var scope = instance.Scope(this);
                var (values, places) = new BodyEvaluator(_evaluator).Evaluate(block.Body, scope);
                yield return new TerraformResource(Prefixed(block.Address + instance.Key), block.IsData ? $"data.{block.Type}" : block.Type, values, block.At) { IsOfCode = true, Blocks = places, Doubt = instance.Doubt ?? Doubt, Provider = provider };
            }
        }

        foreach (var name in _module.Calls.Keys.Order(StringComparer.Ordinal))
        {
            foreach (var called in InstancesOf(name).Instances)
            {
                foreach (var resource in called.Resources()) yield return resource;
            }
        }
    }

    /// <summary>The provider of a name; null when neither this module nor a caller has it.</summary>
    private TerraformProvider? Provider(string name)
    {
        if (_providers.TryGetValue(name, out var known)) return known;
        foreach (var block in _module.Providers)
        {
            var alias = (block.Body.Find("alias")?.Value as HclLiteral)?.Value as HclString;
            if (name == (alias is null ? block.Labels[0] : $"{block.Labels[0]}.{alias.Value}")) return _providers[name] = TerraformProvider.Of(block.Body, e => _evaluator.Evaluate(e, this));
        }

        return _inherited(name);
    }

    private TerraformProvider ProviderOf(HclBody body) =>
        (body.Find("provider") is { } named && ProviderName(named.Value) is { } name ? Provider(name) : Provider("aws")) ?? TerraformProvider.None;

    // Region and account of a provider need no run where its block states them.
    private HclResourceValue? OfProvider(string type, string name)
    {
        if (_blocks[$"data.{type}.{name}"].FirstOrDefault() is not { } block) return null;
        var provider = ProviderOf(block.Body);
        return new HclResourceValue(Prefixed(block.Address), attribute => (type, attribute) switch
        {
            ("aws_region", "name" or "region" or "id") when provider.Region is { } region => new HclString(region),
            ("aws_caller_identity", "account_id" or "id") when provider.Account is { } account => new HclString(account),
            _ => null,
        });
    }

    // What a called module finds under a name: what the call maps it to, else the provider without alias.
    private Func<string, TerraformProvider?> Handed(HclBlock call)
    {
        var map = new Dictionary<string, string>();
        foreach (var item in (call.Body.Find("providers")?.Value as HclObject)?.Items ?? [])
        {
            if (ProviderName(item.Key) is { } inner && ProviderName(item.Value) is { } outer) map[inner] = outer;
        }

        return name => map.TryGetValue(name, out var outer) ? Provider(outer) : name.Contains('.', StringComparison.Ordinal) ? null : Provider(name);
    }

    private static string? ProviderName(HclExpression expression) => expression switch
    {
        HclName name => name.Name,
        HclAttributeOf { Of: HclName type } attribute => $"{type.Name}.{attribute.Name}",
        HclLiteral { Value: HclString text } => text.Value,
        HclTemplate { Parts: [var only] } => ProviderName(only),
        _ => null,
    };

    private string Prefixed(string address) => Path.Length == 0 ? address : $"{Path}.{address}";

    private HclValue Once(string what, Func<HclValue> work)
    {
        if (_known.TryGetValue(what, out var known)) return known;
        if (!_open.Add(what)) return new HclUnknown($"{what} is worked out from itself");
        try
        {
            return _known[what] = work();
        }
        finally
        {
            _open.Remove(what);
        }
    }

    private HclValue Variable(string name)
    {
        if (!_module.Variables.TryGetValue(name, out var block)) return new HclUnknown($"there is no var.{name}");
        var value = _input(name);
        if (value is null or HclNull && block.Body.Find("default") is { } byDefault && (value is null || !IsNullable(block))) value = _evaluator.Evaluate(byDefault.Value, this);
        if (value is null) return new HclUnknown($"var.{name} has no default and nobody gave a value", Prefixed($"var.{name}"));
        if (IsSensitive(block)) return HclUnknown.Hide(value, Prefixed($"var.{name}"));
        return block.Body.Find("type") is { } type ? VariableType.Convert(value, type.Value, _evaluator, this) : value;
    }

    private static bool IsSensitive(HclBlock block) => block.Body.Find("sensitive")?.Value is HclLiteral { Value: HclBool { Value: true } };

    private static bool IsNullable(HclBlock variable) => variable.Body.Find("nullable")?.Value is not HclLiteral { Value: HclBool { Value: false } };

    // A resource as other expressions see it: one, a list of them, or a map.
    private HclValue ValueOf(TerraformBlock block)
    {
        var expansion = ExpansionOf(block.Address, block.Body);
        return expansion.Shape(i => new HclResourceValue(Prefixed(block.Address + i.Key), attribute => Stated(block, i, attribute)), Prefixed(block.Address));
    }

    private HclValue? Stated(TerraformBlock block, ExpansionInstance instance, string attribute)
    {
        if (block.Body.Find(attribute) is not { } stated) return null;
        var value = Once($"{block.Address}{instance.Key}.{attribute}", () => _evaluator.Evaluate(stated.Value, instance.Scope(this)));
        return value is HclUnknown { Reference: null } ? null : value;
    }

    private Expansion ExpansionOf(string address, HclBody body)
    {
        if (_expansions.TryGetValue(address, out var known)) return known;
        if (!_open.Add($"number of {address}")) return Expansion.Unknown($"{address} is worked out from itself");
        try
        {
            return _expansions[address] = Expansion.Of(body, e => _evaluator.Evaluate(e, this));
        }
        finally
        {
            _open.Remove($"number of {address}");
        }
    }

    private (Expansion Expansion, ImmutableArray<TerraformModuleInstance> Instances) InstancesOf(string name)
    {
        if (_called.TryGetValue(name, out var known)) return known;
        var call = _module.Calls[name];
        var expansion = ExpansionOf($"module.{name}", call.Body);
        if (expansion.Instances.IsEmpty) return _called[name] = (expansion, []);
        if (_tree.ModuleOf(this, call) is not { } module)
        {
            foreach (var instance in expansion.Instances)
            {
                foreach (var given in call.Body.Attributes) _tree.NoteGiven(Prefixed($"module.{name}"), _evaluator.Evaluate(given.Value, instance.Scope(this)));
            }

            return _called[name] = (expansion, []);
        }

        var handed = Handed(call);
        ImmutableArray<TerraformModuleInstance> instances =
        [
            .. expansion.Instances.Select(i => new TerraformModuleInstance(
                module, Prefixed($"module.{name}{i.Key}"), v => call.Body.Find(v) is { } given ? _evaluator.Evaluate(given.Value, i.Scope(this)) : null, _tree, _evaluator, handed)
            {
                Caller = this,
                Doubt = i.Doubt ?? Doubt,
            }),
        ];
        return _called[name] = (expansion, instances);
    }

    private HclValue Called(string name)
    {
        if (!_module.Calls.ContainsKey(name)) return new HclUnknown($"there is no module.{name}");
        var (expansion, instances) = InstancesOf(name);
        if (instances.IsEmpty && expansion.Instances.Length > 0) return new HclUnknown($"module.{name} was not read", Prefixed($"module.{name}"));
        return expansion.Shape(i => instances.First(m => m.Path == Prefixed($"module.{name}{i.Key}")).Outputs, Prefixed($"module.{name}"));
    }

    /// <summary>The outputs as the caller sees them.</summary>
    public HclValue Outputs => new HclResourceValue(Path, name => _module.Outputs.TryGetValue(name, out var output) && output.Body.Find("value") is { } value
        ? Once($"output.{name}", () => OutputOf(output, value, name))
        : new HclUnknown($"{Path} has no output {name}"));

    private HclValue OutputOf(HclBlock output, HclAttribute value, string name)
    {
        var result = _evaluator.Evaluate(value.Value, this);
        return IsSensitive(output) ? HclUnknown.Hide(result, Prefixed($"output.{name}")) : result;
    }
}
