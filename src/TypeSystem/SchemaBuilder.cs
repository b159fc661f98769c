using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>A schema, or the problems that prevent one: exactly one of the two is there.</summary>
public sealed record SchemaResult(Schema? Schema, ImmutableArray<GraphQLError> Errors);

/// <summary>
/// Builds a <see cref="Schema"/> from documents of definitions and extensions; the only producer of schemas
/// (<see href="https://spec.graphql.org/September2025/#sec-Type-System">Spec §3</see>).
/// </summary>
public static class SchemaBuilder
{
    /// <inheritdoc cref="Build(ImmutableArray{DocumentNode}, SchemaBuilderOptions?)"/>
    public static SchemaResult Build(DocumentNode document, SchemaBuilderOptions? options = null) => Build([document], options);

    /// <summary>
    /// One schema of all documents together; executable definitions in them are ignored. The errors are all that is wrong, of one stage:
    /// what the documents say must be consistent before the types they define can be checked. Messages and locations are graphql-js's,
    /// each location is a place in the text that holds it.
    /// </summary>
    public static SchemaResult Build(ImmutableArray<DocumentNode> documents, SchemaBuilderOptions? options = null)
    {
        options ??= SchemaBuilderOptions.Default;

        // 1. Sort the definitions by what they are about, and check what they say (Spec §3, SDL).
        var definitions = DefinitionSet.Collect(documents, options.Prelude);
        var sdlErrors = options.AssumeValid ? [] : SdlRules.Check(definitions, options);
        if (!sdlErrors.IsEmpty)
        {
            return new SchemaResult(null, sdlErrors);
        }

        options.BetweenParts?.Invoke();

        // 2. Declare the types, then fill in their members, which refer to the declared ones.
        var types = TypeDeclarations.Declare(definitions, options);
        var members = new MemberBuilder(types);
        members.FillTypes(options.BetweenParts);
        var directives = members.BuildDirectives(definitions);
        if (members.Errors.Count > 0)
        {
            return new SchemaResult(null, [.. members.Errors]);
        }

        // 3. Put them together: order, ordinals, possible types, roots.
        var schema = SchemaAssembly.Assemble(definitions, types, directives);

        options.BetweenParts?.Invoke();

        // 4. Check the types (Spec §3, Type Validation).
        var errors = options.AssumeValid ? [] : SchemaRules.Check(schema, options);
        return errors.IsEmpty ? new SchemaResult(schema, []) : new SchemaResult(null, errors);
    }
}
