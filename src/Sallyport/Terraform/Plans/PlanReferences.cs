using System.Collections.Immutable;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// Follows references of a plan's configuration, through variables and outputs of modules, to the instances behind them. A plan
/// tells what an expression refers to, not how: where one unknown thing is all that can be behind an unknown value, the value is
/// that thing; everything else stays open. Locals are not in a plan at all, so a local may be whatever its module knows.
/// </summary>
internal sealed class PlanReferences
{
    private const int MostSteps = 5_000;
    private const int Deepest = 64;

    // What else gives out group ids. Of these the plan does not say which of their attributes a local takes.
    private static readonly string[] GroupMakers = ["aws_eks_cluster", "aws_directory_service_directory", "aws_workspaces_directory"];

    // Arguments of modules that hold no ids of groups, whatever is in them.
    private static readonly string[] NeverGroups = ["name", "description", "tags", "vpc_id", "cidr", "region", "subnet", "environment", "create", "enable"];

    private readonly TerraformPlan _plan;
    private readonly Dictionary<string, Members> _members = [];
    private readonly HashSet<string> _modules = [string.Empty];
    private readonly Dictionary<(string Parent, string Name), List<string>> _called = [];
    private readonly Dictionary<string, PlanModule?> _configurations = [];

    /// <summary>References of that plan.</summary>
    public PlanReferences(TerraformPlan plan)
    {
        _plan = plan;
        Members? last = null;
        foreach (var instance in plan.Instances.Concat(plan.Prior))
        {
            if (instance.IsDeposed) continue;
            if (last?.Module != instance.Module && !_members.TryGetValue(instance.Module, out last))
            {
                _members.Add(instance.Module, last = new Members(instance.Module));
                AddModule(instance.Module);
            }

            last.All.Add(instance);
        }
    }

    /// <summary>The arguments of an instance as the configuration has them; null when the configuration does not tell.</summary>
    public PlanModule.PlanBlock? BlockOf(PlanInstance instance) => ConfigurationOf(instance.Module)?.Resources.GetValueOrDefault(instance.Declared);

    /// <summary>What may be behind an argument of an instance.</summary>
    /// <param name="expression">What the argument is given.</param>
    /// <param name="of">Whose argument it is.</param>
    /// <param name="isGroup">True when the argument takes ids of groups, so that nothing else can be its value.</param>
    public PlanSources SourcesOf(PlanExpression expression, PlanInstance of, bool isGroup)
    {
        var walk = new Walk(this, new PlanSources(), isGroup);
        walk.Follow(expression, new Place(of.Module, of.Key, BlockOf(of)?.ForEach), 0);
        return walk.Sources;
    }

    /// <summary>The text that an expression of the root module is, when it is a constant or the value of a variable; else null.</summary>
    public string? TextOf(PlanExpression expression) => expression switch
    {
        { Constant: HclString text } => text.Value,
        { References: [var only] } when only.StartsWith("var.", StringComparison.Ordinal) => (_plan.Variables.GetValueOrDefault(only[4..]) as HclString)?.Value,
        _ => null,
    };

    private PlanModule? ConfigurationOf(string path)
    {
        if (path.Length == 0) return _plan.Root;
        if (_configurations.TryGetValue(path, out var known)) return known;
        var (parent, name, _) = PlanAddress.SplitModule(path);
        return _configurations[path] = parent.Length < path.Length ? ConfigurationOf(parent)?.Calls.GetValueOrDefault(name)?.Module : null;
    }

    /// <summary>Where an expression stands: the module instance, and the key and <c>for_each</c> of what it belongs to.</summary>
    private readonly record struct Place(string Module, string Key, PlanExpression? ForEach);

    /// <summary>The instances of one module instance. Of most modules nobody asks for one by its name, so that is looked up when somebody does.</summary>
    private sealed class Members(string module)
    {
        private Dictionary<string, List<PlanInstance>>? _declared;

        public string Module => module;

        public List<PlanInstance> All { get; } = [];

        public List<PlanInstance>? Declared(string declared)
        {
            _declared ??= All.GroupBy(i => i.Declared).ToDictionary(g => g.Key, g => g.ToList());
            return _declared.GetValueOrDefault(declared);
        }
    }

    private sealed class Walk(PlanReferences references, PlanSources sources, bool isGroup)
    {
        private readonly HashSet<(string, string, string)> _seen = [];
        private int _steps;
        private int _locals;

        public PlanSources Sources => sources;

        public void Follow(PlanExpression expression, Place at, int depth)
        {
            if (expression.Constant is { } constant) Take(constant);
            var whole = Longest(expression.References);
            foreach (var reference in whole) Follow(reference, at, whole, depth);

            // A block that is passed as an object has its references inside.
            foreach (var block in expression.Blocks)
            {
                foreach (var inner in block.Values) Follow(inner, at, depth + 1);
            }
        }

        private void Follow(string reference, Place at, IReadOnlyList<string> beside, int depth)
        {
            if (!_seen.Add((at.Module, at.Key, reference))) return;
            if (++_steps > MostSteps || depth > Deepest)
            {
                sources.Opaque.Add(reference);
                return;
            }

            var steps = PlanAddress.StepsOf(reference);
            switch (steps)
            {
                case ["path" or "terraform", ..]:
                    sources.IsOpen = true;
                    break;
                case ["each", "key", ..] or ["count", "index", ..]:
                    // Which of several is chosen by the key: that is looked at where the several are.
                    break;
                case ["each", "value", .. var rest]:
                    EachValue(rest, at, depth);
                    break;
                case ["var", var name, .. var rest]:
                    Variable(name, rest, at, depth);
                    break;
                case ["local", var name, ..]:
                    Local($"local.{name}", at, depth);
                    break;
                case ["module", var name, .. var rest]:
                    Output(name, rest, at, beside, depth);
                    break;
                case ["data", var type, var name, .. var rest]:
                    Resource($"data.{type}.{name}", rest, at, beside);
                    break;
                case [var type, var name, .. var rest]:
                    Resource($"{type}.{name}", rest, at, beside);
                    break;
                default:
                    sources.Opaque.Add(reference);
                    break;
            }
        }

        private void Variable(string name, List<string> rest, Place at, int depth)
        {
            if (at.Module.Length == 0)
            {
                Take(references._plan.Variables.GetValueOrDefault(name));
                return;
            }

            if (rest.Count > 0) sources.IsOpen = true;
            if (CallOf(at.Module) is not var (call, place)) sources.Opaque.Add($"{at.Module}: var.{name}");
            else if (call.Arguments.TryGetValue(name, out var given)) Follow(given, place, depth + 1);
            else sources.IsOpen = true;
        }

        // The value of an iteration over a resource, or over something made of it key by key, is the instance of that key.
        private void EachValue(List<string> rest, Place at, int depth)
        {
            if (at.ForEach is not { } forEach)
            {
                sources.Opaque.Add("each.value");
                return;
            }

            var over = Longest(forEach.References);
            if (over is [var only] && at.Key.Length > 0 && PlanAddress.StepsOf(only) is var steps && steps is [not ("var" or "local" or "module" or "data" or "each"), _] or ["data", _, _])
            {
                Follow($"{only}{at.Key}{string.Concat(rest.Select(r => r[0] == '[' ? r : $".{r}"))}", at, [], depth + 1);
                return;
            }

            sources.IsOpen = true;
            foreach (var reference in over) Follow(reference, at with { ForEach = null }, over, depth + 1);
        }

        private void Output(string name, List<string> rest, Place at, IReadOnlyList<string> beside, int depth)
        {
            var key = rest is [['[', ..] first, ..] ? first : string.Empty;
            var output = rest.Skip(key.Length == 0 ? 0 : 1).ToList();
            if (references.ConfigurationOf(at.Module)?.Calls.GetValueOrDefault(name) is not { } call)
            {
                sources.Opaque.Add($"module.{name}");
                return;
            }

            if (!references._called.TryGetValue((at.Module, name), out var all)) all = [at.Module.Length == 0 ? $"module.{name}" : $"{at.Module}.module.{name}"];
            var chosen = Choose(all, m => PlanAddress.SplitModule(m).Key, key, at, beside);
            if (output.Count > 1) sources.IsOpen = true;
            if (output.Count == 0 && call.Module.Outputs.Count > 1) sources.IsOpen = true;
            foreach (var module in chosen)
            {
                var place = new Place(module, string.Empty, null);
                foreach (var (each, expression) in call.Module.Outputs)
                {
                    if (output.Count == 0 || output[0] == each) Follow(expression, place, depth + 1);
                }

                if (output.Count > 0 && !call.Module.Outputs.ContainsKey(output[0])) sources.Opaque.Add($"{module}.{output[0]}");
            }
        }

        private void Resource(string declared, List<string> rest, Place at, IReadOnlyList<string> beside)
        {
            var key = rest is [['[', ..] first, ..] ? first : string.Empty;
            var attribute = rest.Skip(key.Length == 0 ? 0 : 1).ToList();
            if (references._members.GetValueOrDefault(at.Module)?.Declared(declared) is not { } all)
            {
                // A resource with a count of 0 gives nothing; a data source that was read is known, but the plan shows it in its state only.
                if (declared.StartsWith("data.", StringComparison.Ordinal)) sources.IsOpen = true;
                return;
            }

            var living = all.FindAll(i => i.Actions.Contains("create") || !(i.Actions.Contains("delete") || i.Actions.Contains("forget")));
            foreach (var instance in Choose(living, i => i.Key, key, at, beside)) Take(instance, attribute);
            if (key.Length > 0 && living.Count > 0 && living.TrueForAll(i => i.Key != key)) sources.Opaque.Add($"{declared}{key}");
        }

        private List<T> Choose<T>(List<T> all, Func<T, string> keyOf, string key, Place at, IReadOnlyList<string> beside)
        {
            if (key.Length > 0) return all.FindAll(i => keyOf(i) == key);
            if (all.Count < 2) return all;

            // aws_security_group.web[each.key].id is told as aws_security_group.web and each.key.
            var isPaired = beside.Any(b => b is "each.key" or "count.index" || b.StartsWith("each.value", StringComparison.Ordinal));
            if (isPaired && at.Key.Length > 0 && beside.Count == 2 && all.Find(i => keyOf(i) == at.Key) is { } same) return [same];
            sources.IsOpen = true;
            return all;
        }

        private void Take(PlanInstance instance, List<string> attribute)
        {
            var name = attribute.Count == 0 ? "id" : attribute[0];
            var reference = $"{instance.Address}.{name}";
            if (isGroup && !IsGroup(reference) && _locals > 0) return;
            if ((instance.After ?? instance.Before) is not { } values)
            {
                // Of a type that does not bear on the network only the change is known, not the values.
                if (instance.IsUnchanged) sources.IsOpen = true;
                else sources.Opaque.Add(reference);
                return;
            }

            var value = values.Items.GetValueOrDefault(name);
            if (value is null or HclNull or HclUnknown) (isGroup && !IsGroup(reference) ? sources.Opaque : sources.Unknown).Add(reference);
            else if (attribute.Count <= 1) Take(value);
            else if (value.IsWhollyKnown) sources.IsOpen = true;
            else sources.Opaque.Add($"{instance.Address}.{PlanAddress.Write(attribute)}");
        }

        private void Take(HclValue? value)
        {
            switch (value)
            {
                case HclString { Value: var text } when text.Contains('-', StringComparison.Ordinal):
                    sources.Known.Add(text);
                    break;
                case HclList list:
                    foreach (var item in list.Items) Take(item);
                    break;
                case HclUnknown unknown:
                    sources.Opaque.Add(unknown.Why);
                    break;
                default:
                    // A truth, a number or a name is more likely to choose than to be chosen.
                    sources.IsOpen = true;
                    break;
            }
        }

        // Every group that the module could put in a local: its own, those of its modules, and those that it was given.
        private void Local(string name, Place at, int depth)
        {
            sources.IsOpen = true;
            var shown = at.Module.Length == 0 ? name : $"{name} of {at.Module}";
            if (!isGroup)
            {
                sources.Opaque.Add(shown);
                return;
            }

            if (!_seen.Add((at.Module, string.Empty, "local"))) return;
            _locals++;
            foreach (var instance in references._members.GetValueOrDefault(at.Module)?.All ?? [])
            {
                if (instance.Type is "aws_security_group" or "aws_default_security_group" && (instance.After is not null || instance.IsData)) Take(instance, []);
                else if (GroupMakers.Contains(instance.Type) && !instance.IsUnchanged) sources.Opaque.Add(instance.Address);
            }

            if (references.ConfigurationOf(at.Module) is { } module)
            {
                foreach (var called in module.Calls.Keys) Output(called, [], at, [], depth + 1);
            }

            if (CallOf(at.Module) is var (call, place))
            {
                foreach (var (argument, given) in call.Arguments)
                {
                    if (!NeverGroups.Any(n => argument.Contains(n, StringComparison.Ordinal))) Follow(given, place, depth + 1);
                }
            }

            _locals--;
            if (_locals == 0 && sources.Unknown.Count + sources.Opaque.Count == 0) sources.Opaque.Add(shown);
        }

        private (PlanModule.PlanCall Call, Place Place)? CallOf(string path)
        {
            if (path.Length == 0) return null;
            var (parent, name, key) = PlanAddress.SplitModule(path);
            return references.ConfigurationOf(parent)?.Calls.GetValueOrDefault(name) is { } call ? (call, new Place(parent, key, call.ForEach)) : null;
        }
    }

    /// <summary>True when a reference is to the id of a group.</summary>
    public static bool IsGroup(string reference) =>
        reference.Contains("security_group", StringComparison.Ordinal)
        && PlanAddress.StepsOf(reference) is var steps && (steps.Exists(s => s is "aws_security_group" or "aws_default_security_group") || steps[^1].Contains("security_group", StringComparison.Ordinal));

    /// <summary>The references without the shorter forms that each comes with.</summary>
    internal static List<string> Longest(ImmutableArray<string> references)
    {
        var all = new List<string>();
        foreach (var reference in references)
        {
            if (!all.Exists(a => a.StartsWith(reference, StringComparison.Ordinal) && (a.Length == reference.Length || a[reference.Length] is '.' or '['))) all.Add(reference);
        }

        return all;
    }

    private void AddModule(string path)
    {
        while (path.Length > 0 && _modules.Add(path))
        {
            var (parent, name, _) = PlanAddress.SplitModule(path);
            if (!_called.TryGetValue((parent, name), out var list)) _called[(parent, name)] = list = [];
            list.Add(path);
            path = parent;
        }
    }
}
