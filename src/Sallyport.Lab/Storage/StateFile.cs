namespace Sallyport.Lab.Storage;

/// <summary>Placeholder of the next commit.</summary>
internal sealed class StateFile(string path)
{
    public string Path { get; } = path;

    public bool TryLoad(World world) => false;

    public void Save(World world)
    {
    }
}
