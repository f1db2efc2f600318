namespace Sallyport.CloudFormation.Evaluation;

/// <summary>Finds all worlds that matter to one question.</summary>
internal static class WorldExplorer
{
    /// <summary>Evaluates until no condition is open. The function is called once a world, and must do nothing but evaluate.</summary>
    public static Worlds<T> Explore<T>(Func<World, T> evaluate)
    {
        var results = new List<(World, T)>();
        var open = new Stack<World>([World.Open()]);
        var isCutOff = false;
        while (open.TryPop(out var world))
        {
            var value = evaluate(world);
            if (world.Wanted is not { } question)
            {
                results.Add((world, value));
            }
            else if (results.Count + open.Count + 2 > Worlds<T>.Max)
            {
                isCutOff = true;
                break;
            }
            else
            {
                open.Push(world.With(question, false));
                open.Push(world.With(question, true));
            }
        }

        return new Worlds<T>(results, isCutOff);
    }
}
