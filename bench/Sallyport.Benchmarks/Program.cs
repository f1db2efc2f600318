using Sallyport.Benchmarks.Auditing;
using Sallyport.Benchmarks.Connectivity;
using Sallyport.Benchmarks.Differences;
using Sallyport.Benchmarks.Lab;
using Sallyport.Benchmarks.Planning;
using Sallyport.Benchmarks.Plans;
using Sallyport.Benchmarks.Reading;

return args switch
{
    ["audit", .. var rest] => AuditBenchmark.Run(rest),
    ["diff", .. var rest] => DiffBenchmark.Run(rest),
    ["lab", .. var rest] => await LabBenchmark.RunAsync(rest),
    ["plan", .. var rest] => PlanBenchmark.Run(rest),
    ["plan-json", .. var rest] => PlanJsonBenchmark.Run(rest),
    ["reach", .. var rest] => ReachBenchmark.Run(rest),
    ["read-json", .. var rest] => ReadJsonBenchmark.Run(rest),
    ["terraform", .. var rest] => await TerraformBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: audit [GROUPS RULES INTERFACES] | diff [GROUPS INTERFACES RULES] | lab [SECONDS] | plan [RULES] | plan-json [MB] | reach [RULES | growth] | read-json [RULES] | terraform [FILES GROUPS]");
    return 2;
}
