using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;

namespace Sallyport.Reports.Connectivity;

/// <summary>An answer in one sentence.</summary>
internal static class ReachSentence
{
    // A set of hundreds of ports is data, not a sentence; the JSON has them all.
    private const int MostServices = 12;

    /// <summary>The sentence behind the verdict's word.</summary>
    public static string Of(ReachReport report)
    {
        var (answer, from, to) = (report.Answer, report.Question.From.Name, report.Question.To.Name);
        if (answer.NoPair is { } why) return $"there is nothing to judge between {from} and {to}: {why}";
        var asked = Services(answer.Asked);
        return answer.Verdict switch
        {
            Verdict.Allowed => $"{from} reaches {to} on {asked}{Everywhere(report)}",
            Verdict.Partly => Partly(report),
            Verdict.DeniedAtEgress => $"the groups of {from} do not let {asked} out to {to}",
            Verdict.DeniedAtNacl => $"network ACLs stop {asked} from {from} to {to}, or its answer",
            Verdict.NoRoute => $"no route leads from {from} to {to}, or back",
            Verdict.DeniedAtIngress => $"the groups of {to} do not let {asked} in from {from}",
            _ => answer.Allowed.IsEmpty
                ? $"whether {from} reaches {to} on {Services(answer.Unknown)} depends on something that was not read"
                : $"{from} reaches {to} on {Services(answer.Allowed)} for some pairs at least; for all of them it depends on something that was not read",
        };
    }

    /// <summary>Services in the contract's syntax, shortened for people.</summary>
    public static string Services(ServiceSet services)
    {
        if (services.IsAny) return "any service";
        if (services.IsEmpty) return "no service";
        var list = services.ToServices();
        return string.Join(", ", list.Take(MostServices)) + (list.Length > MostServices ? $" and {list.Length - MostServices} more" : "");
    }

    private static string Everywhere(ReachReport report) =>
        report.Answer.Basis == AnswerBasis.Symbolic ? ", whoever will carry the groups"
        : report.Model.InterfacesOf(report.Question.From).Length > 1 || report.Model.InterfacesOf(report.Question.To).Length > 1 ? ", each member" : "";

    private static string Partly(ReachReport report)
    {
        var (answer, from, to) = (report.Answer, report.Question.From.Name, report.Question.To.Name);
        if (!answer.PartlyAnswered.IsEmpty && answer.Asked.IsSubsetOf(answer.AllowedEverywhere))
        {
            return $"{from} reaches {to} on {Services(answer.Asked)}, but the answer to {Services(answer.PartlyAnswered)} gets back to part of the ephemeral ports only";
        }

        var everywhere = answer.AllowedEverywhere.IsEmpty ? "nothing gets through for every pair" : $"for every pair {Services(answer.AllowedEverywhere)} does";
        return answer.Allowed.Equals(answer.AllowedEverywhere)
            ? $"{from} reaches {to} on {Services(answer.Allowed)}, of what was asked"
            : $"{from} reaches {to} on {Services(answer.Allowed)} for some pairs; {everywhere}";
    }
}
