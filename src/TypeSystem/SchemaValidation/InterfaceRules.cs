namespace GraphGateway.TypeSystem;

/// <summary>
/// A type that declares an interface is one: IsValidImplementation
/// (<see href="https://spec.graphql.org/September2025/#IsValidImplementation()">Spec §3.6</see>).
/// </summary>
internal static class InterfaceRules
{
    internal static void Check(SchemaRuleContext context, NamedType type)
    {
        if (type is not ComplexType complex || !DeclaresAny(complex))
        {
            return;
        }

        // The model holds interfaces alone, and each once: what was declared is read from the definitions.
        var seen = new HashSet<NamedType>();
        foreach (var name in DeclaredNames(complex))
        {
            var declared = context.Schema.FindType(name);
            if (declared is not InterfaceType @interface)
            {
                context.Report(
                    $"Type {type} must only implement Interface types, it cannot implement {declared}.",
                    [.. DeclarationsOf(complex, name)]);
            }
            else if (declared == type)
            {
                context.Report(
                    $"Type {type} cannot implement itself because it would create a circular reference.",
                    [.. DeclarationsOf(complex, name)]);
            }
            else if (!seen.Add(declared))
            {
                context.Report($"Type {type} can only implement {name} once.", [.. DeclarationsOf(complex, name)]);
            }
            else
            {
                CheckAncestors(context, complex, @interface);
                CheckFields(context, complex, @interface);
            }
        }
    }

    /// <summary>
    /// Spec §3.6, IsValidImplementation 2.6: a field is deprecated only where the interface's is. graphql-js 16 does not check it; the
    /// message is its successor's.
    /// </summary>
    internal static void CheckDeprecations(SchemaRuleContext context)
    {
        foreach (var type in context.Schema.Types.OfType<ComplexType>().Where(static type => !type.IsBuiltIn))
        {
            foreach (var @interface in type.Interfaces.Where(@interface => @interface != type))
            {
                foreach (var expected in @interface.Fields.Where(static expected => expected.DeprecationReason is null))
                {
                    if (type.FindField(expected.Name) is { DeprecationReason: not null } field)
                    {
                        context.Report(
                            $"Interface field {expected} is not deprecated, so implementation field {field} must not be deprecated.",
                            [.. Places.OfDeprecated(field), .. Places.OfTypeReference(field.Origin)]);
                    }
                }
            }
        }
    }

    private static void CheckAncestors(SchemaRuleContext context, ComplexType type, InterfaceType @interface)
    {
        var own = DeclaredNames(type).ToHashSet(StringComparer.Ordinal);
        foreach (var ancestor in DeclaredNames(@interface).Where(ancestor => !own.Contains(ancestor)))
        {
            var message = ancestor == type.Name
                ? $"Type {type} cannot implement {@interface} because it would create a circular reference."
                : $"Type {type} must implement {ancestor} because it is implemented by {@interface}.";
            context.Report(message, [.. DeclarationsOf(@interface, ancestor), .. DeclarationsOf(type, @interface.Name)]);
        }
    }

    private static void CheckFields(SchemaRuleContext context, ComplexType type, InterfaceType @interface)
    {
        foreach (var expected in @interface.Fields)
        {
            // The meta-field __typename is no implementation.
            if (type.FindField(expected.Name) is not { DeclaringType: not null } field)
            {
                context.Report(
                    $"Interface field {expected} expected but {type} does not provide it.",
                    [.. Places.Of(expected.Origin), .. Places.OfType(type)]);
                continue;
            }

            if (!Schema.IsSubtype(field.Type, expected.Type))
            {
                context.Report(
                    $"Interface field {expected} expects type {expected.Type} but {field} is type {field.Type}.",
                    [.. Places.OfTypeReference(expected.Origin), .. Places.OfTypeReference(field.Origin)]);
            }

            CheckArguments(context, field, expected);
        }
    }

    private static void CheckArguments(SchemaRuleContext context, FieldDefinition field, FieldDefinition expected)
    {
        foreach (var expectedArgument in expected.Arguments)
        {
            var name = expectedArgument.Name;
            if (field.FindArgument(name) is not { } argument)
            {
                context.Report(
                    $"Interface field argument {expected}({name}:) expected but {field} does not provide it.",
                    [.. Places.Of(expectedArgument.Origin), .. Places.Of(field.Origin)]);
            }
            else if (!Schema.IsSameType(expectedArgument.Type, argument.Type))
            {
                context.Report(
                    $"Interface field argument {expected}({name}:) expects type {expectedArgument.Type} but {field}({name}:) is type {argument.Type}.",
                    [.. Places.OfTypeReference(expectedArgument.Origin), .. Places.OfTypeReference(argument.Origin)]);
            }
        }

        foreach (var argument in field.Arguments)
        {
            if (argument.IsRequired && expected.FindArgument(argument.Name) is null)
            {
                context.Report(
                    $"Object field {field} includes required argument {argument.Name} that is missing from the Interface field {expected}.",
                    [.. Places.Of(argument.Origin), .. Places.Of(expected.Origin)]);
            }
        }
    }

    // Most types declare none: nothing is made for them.
    private static bool DeclaresAny(ComplexType type)
    {
        foreach (var origin in type.Origins)
        {
            if (!SdlNodes.InterfacesOf(origin.Node).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> DeclaredNames(ComplexType type) =>
        type.Origins.SelectMany(static origin => SdlNodes.InterfacesOf(origin.Node)).Select(static reference => reference.Name.Value);

    private static IEnumerable<Place> DeclarationsOf(ComplexType type, string name) =>
        from origin in type.Origins
        from reference in SdlNodes.InterfacesOf(origin.Node)
        where reference.Name.Value == name
        select new Place(origin.Source, reference.Start);
}
