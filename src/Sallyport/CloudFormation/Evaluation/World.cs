using System.Collections.Immutable;

namespace Sallyport.CloudFormation.Evaluation;

/// <summary>
/// What is assumed about things outside while a template is evaluated. Evaluation asks; where a question is open it notes it in
/// <see cref="Wanted"/>, and <see cref="WorldExplorer"/> evaluates again with each answer.
/// </summary>
internal sealed class World
{
    private readonly ImmutableDictionary<Question, bool> _answers;

    private readonly Dictionary<(TemplateStack Stack, string Condition), (bool? Holds, Question? Wanted)> _judged = [];

    private World(ImmutableDictionary<Question, bool> answers) => _answers = answers;

    /// <summary>The first question that was open; null when everything could be decided.</summary>
    public Question? Wanted { get; set; }

    /// <summary>How much is assumed.</summary>
    public int Count => _answers.Count;

    /// <summary>Conditions that were worked out in this world, each with the first question that it left open.</summary>
    public Dictionary<(TemplateStack Stack, string Condition), (bool? Holds, Question? Wanted)> Judged => _judged;

    /// <summary>A world in which nothing is assumed.</summary>
    public static World Open() => new(ImmutableDictionary<Question, bool>.Empty);

    /// <summary>This world with one more assumption.</summary>
    public World With(Question question, bool answer) => new(_answers.SetItem(question, answer));

    /// <summary>The answer, where assumptions decide it: a thing has one value, and only an allowed one. Null when it is open.</summary>
    public bool? Ask(Question question, ImmutableArray<string> allowed)
    {
        if (_answers.TryGetValue(question, out var known)) return known;
        foreach (var (other, answer) in _answers)
        {
            if (answer && other.Symbol == question.Symbol) return false;
        }

        if (!allowed.IsDefaultOrEmpty)
        {
            if (!allowed.Contains(question.Value)) return false;
            if (allowed.All(a => a == question.Value || (_answers.TryGetValue(question with { Value = a }, out var no) && !no))) return true;
        }

        Wanted ??= question;
        return null;
    }

    /// <summary>The assumptions as a clause; empty when there is none.</summary>
    public string Describe() =>
        string.Join(" and ", _answers.Select(a => a.Key.Describe(a.Value)).Order(StringComparer.Ordinal));
}
