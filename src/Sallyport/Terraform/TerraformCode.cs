using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Functions;
using Sallyport.Hcl.Parsing;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// Terraform code by folder. Root modules, which no other module calls, are evaluated; called ones only from their callers.
/// Each folder is parsed once, and what is wrong with it is said once. Folders are parsed, and root modules evaluated, side by side; what
/// comes of it does not depend on how many at once.
/// </summary>
/// <param name="files">Code and values in a folder; empty for a folder that has none or is none. Asked from several threads.</param>
public sealed class TerraformCode(Func<string, IReadOnlyList<TerraformText>> files)
{
    private const int MostResources = 500_000;

    private readonly ConcurrentDictionary<string, Lazy<CodeFolder>> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = [];

    /// <summary>How many folders or root modules are worked on at once.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The folders, of those, that hold a root module, in order.</summary>
    public ImmutableArray<string> Roots(IEnumerable<string> folders)
    {
        var all = folders.Select(ModuleSource.Normal).Distinct().Order(StringComparer.Ordinal).ToList();
        _ = SideBySide(all, Folder, CancellationToken.None);
        var calls = all.ToDictionary(f => f, f => CallsOf(f).Where(c => c != f).ToList());
        var called = calls.Values.SelectMany(c => c).ToHashSet();
        var roots = all.Where(f => !called.Contains(f)).ToList();
        var reached = new HashSet<string>();
        foreach (var root in roots) Reach(root);

        // Modules that call each other in a ring have no root: one of them stands for it.
        foreach (var folder in all)
        {
            if (reached.Contains(folder)) continue;
            roots.Add(folder);
            Reach(folder);
        }

        return [.. roots.Where(f => Folder(f).Module is not null).Order(StringComparer.Ordinal)];

        void Reach(string from)
        {
            var open = new Stack<string>([from]);
            while (open.TryPop(out var folder))
            {
                if (!reached.Add(folder) || !calls.TryGetValue(folder, out var next)) continue;
                foreach (var each in next) open.Push(each);
            }
        }
    }

    /// <summary>Everything wrong with folders of which nothing was said yet: modules that no root reached.</summary>
    public IReadOnlyList<Diagnostic> TakeProblems() => [.. _folders.Keys.Order(StringComparer.Ordinal).SelectMany(Tell)];

    /// <summary>Adds what one root module declares, as <see cref="Read(IReadOnlyList{ValueTuple{string, EstateFile}}, EstateBuilder, CancellationToken)"/> does.</summary>
    public IReadOnlyList<Diagnostic> Read(string root, EstateFile file, EstateBuilder into) => Read([(root, file)], into, CancellationToken.None);

    /// <summary>
    /// Adds what root modules declare, each unless something is wrong with its code or that of a module it calls. Returns what was said, in
    /// the order of the roots.
    /// </summary>
    /// <param name="roots">Their folders, each with what is known of it.</param>
    /// <param name="into">The estate.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IReadOnlyList<Diagnostic> Read(IReadOnlyList<(string Root, EstateFile File)> roots, EstateBuilder into, CancellationToken cancellationToken)
    {
        var evaluated = SideBySide(roots, r => Evaluate(ModuleSource.Normal(r.Root), r.File), cancellationToken);
        var all = new List<Diagnostic>();
        foreach (var root in evaluated)
        {
            Folder(root.Folder).Problems.AddRange(root.OfValues);
            foreach (var problem in root.Used.SelectMany(Tell)) root.Said.Add(problem);
            foreach (var folder in root.Used) AddUnread(folder, folder == root.Folder, root.Own);
            if (!root.Said.HasErrors && !root.Used.SelectMany(f => Folder(f).Problems).Any(p => p.Severity == Severity.Error)) into.Absorb(root.Own);
            all.AddRange(root.Said.ToList(root.File));
        }

        return all;
    }

    // What was not read may have declared anything, rules of every group among it.
    private void AddUnread(string folder, bool isRoot, EstateBuilder into)
    {
        foreach (var text in Folder(folder).Texts)
        {
            if (text is not { Text: null, Problem: { Severity: Severity.Warning } problem } || !(TerraformText.IsCode(text.File) || (isRoot && text.IsTakenAlone))) continue;
            var name = problem.At?.File ?? text.File;
            if (TerraformText.IsCode(text.File)) into.Add(new EstateGap(GapKind.SecurityGroups, name, "It was not read."));
            into.Add(new EstateGap(GapKind.Rules, string.Empty, $"{name} was not read."));
        }
    }

    /// <summary>Adds what one file declares, taken as a module of its own.</summary>
    internal static void Read(TerraformText text, EstateFile file, EstateBuilder into, FileDiagnostics said)
    {
        var parsed = Parse(text);
        foreach (var problem in parsed.Diagnostics) said.Add(problem);
        if (parsed.Value is not { } body) return;
        var problems = new List<Diagnostic>();
        var module = TerraformModuleReader.Read(FolderOf(text.File), [(text.File, body)], problems);
        foreach (var problem in problems) said.Add(problem);
        Add(module, static _ => null, new TerraformModuleTree(static _ => null), file, into, said);
    }

    private static void Add(TerraformModule module, Func<string, HclValue?> values, TerraformModuleTree tree, EstateFile file, EstateBuilder into, FileDiagnostics said)
    {
        var resources = tree.Instantiate(module, values).Resources().Take(MostResources + 1).ToImmutableArray();
        if (resources.Length > MostResources)
        {
            said.Add(TerraformDiagnostics.TooManyResources(MostResources, new SourceSpan(file.Name)));
            return;
        }

        TerraformEstate.Add(resources, file, into, said);
        var index = new TerraformIndex(resources, file);
        foreach (var (address, call) in tree.Unread)
        {
            said.Add(TerraformDiagnostics.UnreadModule(address, call.Why, call.At));
            into.Add(new EstateGap(GapKind.SecurityGroups, file.SymbolOf(address), $"The module was not read ({call.At.File}:{call.At.Line}): {call.Why}."));
            foreach (var group in call.Given.Select(index.GroupNamed).OfType<SecurityGroupId>().Distinct())
            {
                into.Add(new EstateGap(GapKind.Rules, group.Value, $"The group is handed to {address} ({call.At.File}:{call.At.Line}), which was not read and may add rules to it.") { IsLeftOpen = true });
            }
        }
    }

    // What a root says of folders that others use too waits for its turn.
    private EvaluatedRoot Evaluate(string folder, EstateFile file)
    {
        var evaluated = new EvaluatedRoot(folder, file.Name);
        if (Folder(folder).Module is { } module)
        {
            var values = Values(folder, evaluated.OfValues);
            Add(module, values.GetValueOrDefault, new TerraformModuleTree(Called), file, evaluated.Own, evaluated.Said);
        }

        return evaluated;

        TerraformModule? Called(string called)
        {
            evaluated.Used.Add(called);
            return Folder(called).Module;
        }
    }

    private TResult[] SideBySide<T, TResult>(IReadOnlyList<T> all, Func<T, TResult> work, CancellationToken cancellationToken)
    {
        var results = new TResult[all.Count];
        Parallel.For(0, all.Count, new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellationToken }, i => results[i] = work(all[i]));
        return results;
    }

    private IEnumerable<Diagnostic> Tell(string folder) => _told.Add(folder) ? Folder(folder).Problems : [];

    private List<string> CallsOf(string folder) =>
        Folder(folder).Module is { } module
            ? [.. module.Calls.Values.Select(ModuleSource.Of).OfType<ModuleSource>().Where(s => s.IsLocal).Select(s => s.From(folder))]
            : [];

    private CodeFolder Folder(string folder) => _folders.GetOrAdd(folder, path => new Lazy<CodeFolder>(() => ReadFolder(path))).Value;

    private CodeFolder ReadFolder(string folder)
    {
        var texts = files(folder);
        var problems = new List<Diagnostic>();
        var bodies = new List<(string File, HclBody Body)>();
        var code = texts.Where(t => TerraformText.IsCode(t.File)).ToList();
        foreach (var text in code)
        {
            var parsed = Parse(text);
            problems.AddRange(parsed.Diagnostics);
            if (parsed.Value is { } body) bodies.Add((text.File, body));
        }

        var module = code.Count == 0 ? null : TerraformModuleReader.Read(folder, bodies, problems);
        return new CodeFolder(module, problems, texts);
    }

    private Dictionary<string, HclValue> Values(string folder, List<Diagnostic> problems)
    {
        var values = new Dictionary<string, HclValue>();
        foreach (var text in Folder(folder).Values.OrderBy(t => !Path.GetFileName(t.File).StartsWith("terraform.", StringComparison.Ordinal)).ThenBy(t => t.File, StringComparer.Ordinal))
        {
            if (text.Text is null)
            {
                if (text.Problem is { } problem) problems.Add(problem);
            }
            else if (text.File.EndsWith(".json", StringComparison.Ordinal))
            {
                if (HclJson.Read(text.Text) is HclMap map) foreach (var (name, value) in map.Items) values[name] = value;
                else problems.Add(Hcl.HclDiagnostics.Syntax("an object of values was expected", new SourceSpan(text.File)));
            }
            else
            {
                var parsed = HclParser.Parse(text.Text, text.File);
                problems.AddRange(parsed.Diagnostics);
                var evaluator = new HclEvaluator(new HclBudget());
                foreach (var attribute in parsed.Value?.Attributes ?? []) values[attribute.Name] = evaluator.Evaluate(attribute.Value, NoNames.Instance);
            }
        }

        return values;
    }

    private static Result<HclBody> Parse(TerraformText text)
    {
        if (text.Text is null) return Result<HclBody>.Failed(text.Problem is { } problem ? [problem] : []);
        return text.File.EndsWith(".json", StringComparison.Ordinal) || IsJson(text.Text) ? TerraformJsonSyntax.Read(text.Text, text.File) : HclParser.Parse(text.Text, text.File);
    }

    private static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{', ..];

    private static string FolderOf(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? ModuleSource.Normal(folder.Replace('\\', '/')) : ".";

    /// <summary>A folder as it was read; of its values only the text.</summary>
    private sealed record CodeFolder(TerraformModule? Module, List<Diagnostic> Problems, IReadOnlyList<TerraformText> Texts)
    {
        public IEnumerable<TerraformText> Values => Texts.Where(t => t.IsTakenAlone);
    }

    private sealed class EvaluatedRoot(string folder, string file)
    {
        public string Folder => folder;

        public string File => file;

        public SortedSet<string> Used { get; } = new(StringComparer.Ordinal) { folder };

        public List<Diagnostic> OfValues { get; } = [];

        public EstateBuilder Own { get; } = new();

        public FileDiagnostics Said { get; } = new();
    }

    private sealed class NoNames : IHclScope
    {
        public static NoNames Instance { get; } = new();

        public HclValue? Find(string root, string name) => null;

        public HclValue? Find(string root) => null;
    }
}
