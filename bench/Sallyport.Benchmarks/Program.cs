using Sallyport.Benchmarks.Lab;

return args switch
{
    ["lab", .. var rest] => await LabBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: lab [SECONDS]");
    return 2;
}
