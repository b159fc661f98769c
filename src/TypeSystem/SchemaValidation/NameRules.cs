namespace GraphGateway.TypeSystem;

/// <summary>Names that begin with two underscores belong to introspection (<see href="https://spec.graphql.org/September2025/#sec-Names.Reserved-Names">Spec §2.1.9</see>).</summary>
internal static class NameRules
{
    internal static void CheckType(SchemaRuleContext context, NamedType type)
    {
        if (IsReserved(type.Name))
        {
            // graphql-js points at the definition alone, not at extensions.
            context.Report(Message(type.Name), [.. Places.OfType(type).Take(1)]);
        }
    }

    internal static void Check(SchemaRuleContext context, string name, SyntaxOrigin? origin)
    {
        if (IsReserved(name))
        {
            context.Report(Message(name), Places.Of(origin));
        }
    }

    private static bool IsReserved(string name) => name.StartsWith("__", StringComparison.Ordinal);

    private static string Message(string name) => $"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.";
}
