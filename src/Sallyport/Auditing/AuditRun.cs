using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>
/// Judges an estate on several threads and hands out what each part found in an order that does not depend on them: first what
/// concerns the whole estate, a rule at a time, then the groups, some at a time, so that what is worked out for a group can be
/// dropped with it.
/// </summary>
internal sealed class AuditRun(Estate estate, AuditOptions options, AuditContext context, ImmutableArray<AuditRule> rules)
{
    private const int GroupsAtOnce = 64;

    // Enough to keep every thread busy while the first part is handed out, little enough to bound what waits.
    private const int PartsAhead = 8;

    /// <summary>What each part found; findings of a part are in the order of resource, rule and evidence.</summary>
    public IEnumerable<AuditSink> Judge()
    {
        var groups = estate.SecurityGroups;
        var parts = (groups.Length + GroupsAtOnce - 1) / GroupsAtOnce;

        // A few groups are judged before a second thread has started.
        var workers = parts > 1 ? Math.Max(1, options.Workers) : 1;
        var index = estate.Index;
        foreach (var _ in InOrder(2, workers, i => i == 0 ? index.MembersOf(default).Any() : index.ReferencesTo(default).Any())) continue;
        foreach (var sink in JudgeEstate(workers)) yield return sink;
        foreach (var sink in InOrder(parts, workers, i => JudgeGroups(groups.AsSpan()[(i * GroupsAtOnce)..Math.Min(groups.Length, (i + 1) * GroupsAtOnce)]))) yield return sink;
    }

    private static IEnumerable<T> InOrder<T>(int parts, int workers, Func<int, T> judge)
    {
        if (workers == 1)
        {
            for (var i = 0; i < parts; i++) yield return judge(i);
            yield break;
        }

        // Of the pool's threads more than asked for would start whenever some wait for what another one works out.
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, workers).ConcurrentScheduler;
        var ahead = new Queue<Task<T>>();
        for (var next = 0; next < parts || ahead.Count > 0;)
        {
            while (next < parts && ahead.Count < workers * PartsAhead)
            {
                var part = next++;
                ahead.Enqueue(Task.Factory.StartNew(() => judge(part), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler));
            }

            yield return ahead.Dequeue().GetAwaiter().GetResult();
        }
    }

    // The long ones begin first; what they found is handed out in the rules' order all the same.
    private IEnumerable<AuditSink> JudgeEstate(int workers)
    {
        var order = LongOnesFirst();
        var judged = new AuditSink?[rules.Length];
        var next = 0;
        foreach (var (rule, sink) in InOrder(rules.Length, workers, i => (order[i], JudgeRule(order[i]))))
        {
            judged[rule] = sink;
            for (; next < judged.Length && judged[next] is { } ready; next++) yield return ready;
        }
    }

    private int[] LongOnesFirst()
    {
        var order = new int[rules.Length];
        var next = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (rules[i].BeginsEarly) order[next++] = i;
        }

        for (var i = 0; i < order.Length; i++)
        {
            if (!rules[i].BeginsEarly) order[next++] = i;
        }

        return order;
    }

    private AuditSink JudgeRule(int rule)
    {
        var sink = new AuditSink(options);
        rules[rule].Prepare(context);
        rules[rule].CheckEstate(context, sink);
        sink.Sort();
        return sink;
    }

    private AuditSink JudgeGroups(ReadOnlySpan<SecurityGroup> groups)
    {
        var sink = new AuditSink(options);
        foreach (var group in groups)
        {
            sink.BeginGroup();
            var facts = new GroupFacts(context, group);
            var unread = context.UnreadRulesOf(group);
            foreach (var rule in rules)
            {
                var said = sink.Findings.Count + sink.Unknown.Count;
                rule.Check(facts, sink);
                if (unread is not null && rule.JudgesRulesOf(group) && said == sink.Findings.Count + sink.Unknown.Count) sink.Doubt(rule, facts, [unread]);
            }

            sink.EndGroup();
        }

        return sink;
    }
}
