using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>A schema, or the problems that prevent one. With warnings-free input exactly one of the two is there.</summary>
public sealed record SchemaResult(Schema? Schema, ImmutableArray<GraphQLError> Errors);

/// <summary>Builds a <see cref="Schema"/> from documents of definitions and extensions; the only producer of schemas.</summary>
public static class SchemaBuilder
{
}
