using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;

namespace Sallyport.Reports.Connectivity;

/// <summary>A question about two ends, its answer and why.</summary>
/// <param name="Model">Where it was asked.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Explanation">The answer and the rules behind it.</param>
public sealed record ReachReport(ConnectivityModel Model, ReachQuestion Question, Explanation Explanation)
{
    /// <summary>One packet that gets through; null when none does, or only groups without members are meant.</summary>
    public Witness? Allowed { get; init; }

    /// <summary>One packet that does not; null likewise.</summary>
    public Witness? Denied { get; init; }

    /// <summary>The answer.</summary>
    public ReachAnswer Answer => Explanation.Answer;

    /// <summary>Asks, explains and looks for a packet on either side of the answer.</summary>
    public static ReachReport Of(ConnectivityModel model, ReachQuestion question, CancellationToken cancellationToken = default)
    {
        var answer = OneInterface.IsBoth(question.From, question.To) ? Itself(question) : new Reacher(model).Ask(question, cancellationToken);
        var explanation = new Explainer(model).Explain(question, answer);
        var witnesses = new WitnessFinder(model);
        var stopped = answer.Asked.Subtract(answer.AllowedEverywhere).Subtract(answer.Unknown);
        return new ReachReport(model, question, explanation)
        {
            Allowed = witnesses.FindAllowed(question, answer.Allowed),
            Denied = answer.NoPair is null ? witnesses.FindDenied(question, answer.Allowed.IsEmpty ? TypicalOf(stopped) : stopped) : null,
        };
    }

    private static ReachAnswer Itself(ReachQuestion question)
    {
        var asked = question.Services ?? ServiceSet.Any;
        return new ReachAnswer { Verdict = Verdict.Allowed, Asked = asked, Allowed = asked, AllowedEverywhere = asked, Notes = ["an interface reaches itself: such traffic never leaves it, so nothing filters it"] };
    }

    // Where nothing at all gets through, the packet that shows it is an ordinary one, not port 0.
    private static ServiceSet TypicalOf(ServiceSet stopped)
    {
        var https = ServiceSet.Of(Service.Tcp(443));
        return https.IsSubsetOf(stopped) ? https : stopped;
    }
}
