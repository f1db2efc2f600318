using Sallyport.Benchmarks.Connectivity;
using Sallyport.Benchmarks.Lab;
using Sallyport.Benchmarks.Planning;
using Sallyport.Benchmarks.Reading;

return args switch
{
    ["lab", .. var rest] => await LabBenchmark.RunAsync(rest),
    ["plan", .. var rest] => PlanBenchmark.Run(rest),
    ["reach", .. var rest] => ReachBenchmark.Run(rest),
    ["read-json", .. var rest] => ReadJsonBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: lab [SECONDS] | plan [RULES] | reach [RULES | growth] | read-json [RULES]");
    return 2;
}
