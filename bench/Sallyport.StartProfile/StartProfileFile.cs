using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;

namespace Sallyport.StartProfile;

/// <summary>
/// Writes a profile as the ahead-of-time compiler reads it (.mibc): an assembly whose methods name other methods, a group for each
/// set of assemblies, and one that names the groups. What a group names the compiler compiles, whether or not it sees who calls it.
/// </summary>
internal static class StartProfileFile
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, ImmutableArray<MethodBase> methods)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("StartProfile"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("StartProfile");
        Define(module, "AssemblyDictionary", out var dictionary);
        foreach (var (index, group) in methods.GroupBy(AssembliesOf).OrderBy(g => g.Key, StringComparer.Ordinal).Index())
        {
            var builder = Define(module, $"Group{index}", out var body);
            foreach (var method in group)
            {
                body.Emit(OpCodes.Ldtoken, method is ConstructorInfo constructor ? module.GetMethodMetadataToken(constructor) : module.GetMethodMetadataToken((MethodInfo)method));
                body.Emit(OpCodes.Pop);
            }

            body.Emit(OpCodes.Ret);
            dictionary.Emit(OpCodes.Ldstr, group.Key);
            dictionary.Emit(OpCodes.Ldtoken, builder);
            dictionary.Emit(OpCodes.Pop);
        }

        dictionary.Emit(OpCodes.Ret);
        module.CreateGlobalFunctions();
        assembly.Save(path);
    }

    private static MethodBuilder Define(ModuleBuilder module, string name, out ILGenerator body)
    {
        var method = module.DefineGlobalMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), []);
        body = method.GetILGenerator();
        return method;
    }

    // The defining assembly first, then those of the type arguments, each with a semicolon behind it.
    private static string AssembliesOf(MethodBase method)
    {
        var arguments = (method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : []).Concat(method.IsGenericMethod ? method.GetGenericArguments() : []);
        return string.Concat(arguments.SelectMany(AssembliesOf).Prepend(NameOf(method.DeclaringType)).Distinct().Select(a => a + ";"));
    }

    private static IEnumerable<string> AssembliesOf(Type type) =>
        (type.HasElementType ? AssembliesOf(type.GetElementType()!) : type.GetGenericArguments().SelectMany(AssembliesOf)).Prepend(NameOf(type));

    private static string NameOf(Type type) => type.Assembly.GetName().Name!;
}
