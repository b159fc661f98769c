using System.Reflection;
using System.Text;

namespace GraphGateway.Subgraphs.Server;

/// <summary>From C# names to GraphQL names.</summary>
internal static class Names
{
    public static string Of(MethodInfo method)
    {
        var name = method.Name.EndsWith("Async", StringComparison.Ordinal) && method.Name.Length > 5 ? method.Name[..^5] : method.Name;
        return method.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? CamelCase(name);
    }

    public static string Of(PropertyInfo property) => property.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? CamelCase(property.Name);

    public static string Of(ParameterInfo parameter) => parameter.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? CamelCase(parameter.Name!);

    public static string OfEnumMember(FieldInfo member) =>
        member.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? ScreamingSnakeCase(member.Name);

    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    public static string OfClr(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(OfClr))}>"
        : type.Name;

    private static string ScreamingSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]) && name[i - 1] != '_')
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }
}
