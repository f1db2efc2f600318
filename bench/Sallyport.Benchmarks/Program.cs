using Sallyport.Benchmarks.Lab;
using Sallyport.Benchmarks.Reading;

return args switch
{
    ["lab", .. var rest] => await LabBenchmark.RunAsync(rest),
    ["read-json", .. var rest] => ReadJsonBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: lab [SECONDS] | read-json [RULES]");
    return 2;
}
