using Sallyport.Benchmarks.Reading;

return args switch
{
    ["read-json", .. var rest] => ReadJsonBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: read-json [RULES]");
    return 2;
}
