using System.Collections.Immutable;

namespace Sallyport.Fixing;

/// <summary>What is to be done about one finding: changes, or a question when there are none to make.</summary>
internal sealed record Proposal
{
    private Proposal(string text) => Text = text;

    /// <summary>What is done, or what is asked.</summary>
    public string Text { get; }

    public bool IsQuestion { get; private init; }

    /// <summary>For a question: what may be done without an answer when nobody's need is to be presumed.</summary>
    public ImmutableArray<RuleChange> Changes { get; private init; } = [];

    public ImmutableArray<string> Options { get; private init; } = [];

    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>These changes clear the finding.</summary>
    public static Proposal Change(string what, params IEnumerable<RuleChange> changes) => new(what) { Changes = [.. changes] };

    /// <summary>Nothing is to be done any more.</summary>
    public static Proposal Cleared(string why) => new(why);

    /// <summary>Only a person knows.</summary>
    public static Proposal Ask(string question, params IEnumerable<string> options) => new(question) { IsQuestion = true, Options = [.. options] };

    /// <summary>The same question, with what is done without an answer when nobody's need is to be presumed.</summary>
    public Proposal IfUnneeded(RuleChange change) => this with { Changes = [change] };
}
