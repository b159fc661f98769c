using GraphGateway.Language;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>What a schema is made of (Spec §3).</summary>
public sealed class SchemaBuilderTests
{
    private static string Names(IEnumerable<NamedType> types) => string.Join(' ', types.Select(static type => type.Name));

    [Fact] // Spec §3.5, §4
    public void Types_come_in_document_order_then_the_scalars_that_are_used_then_introspection()
    {
        var schema = Sdl.Schema("type Query { b: B a(x: ID): A } enum B { V } scalar A");

        Assert.Equal(
            "Query B A String Boolean ID __Schema __Type __TypeKind __Field __InputValue __EnumValue __Directive __DirectiveLocation",
            Names(schema.Types));
        Assert.Equal("Query __Schema __Type __Field __InputValue __EnumValue __Directive", Names(schema.ObjectTypes));
        Assert.Equal(Enumerable.Range(0, 7), schema.ObjectTypes.Select(static type => type.Ordinal));
        Assert.Null(schema.FindType("Float"));
        Assert.True(schema.FindType("__Type")!.IsBuiltIn);
        Assert.False(schema.FindType("A")!.IsBuiltIn);
    }

    [Fact]
    public void Introspection_types_belong_to_one_schema()
    {
        var one = Sdl.Schema("type Query { a: Int }");
        var other = Sdl.Schema("type Query { a: Int }");

        Assert.NotSame(one.FindType("__Type"), other.FindType("__Type"));
        Assert.Same(one.FindType("__Schema"), one.SchemaField.Type.Named);
        Assert.Equal("__schema: __Schema!, __type(name: String!): __Type", Describe(one.SchemaField) + ", " + Describe(one.TypeField));
    }

    private static string Describe(FieldDefinition field) => field.Arguments.IsEmpty
        ? $"{field}: {field.Type}"
        : $"{field}({string.Join(", ", field.Arguments.Select(static argument => $"{argument.Name}: {argument.Type}"))}): {field.Type}";

    [Fact] // Spec §3.13
    public void Specified_directives_stand_behind_those_of_the_document_unless_it_defines_them()
    {
        var schema = Sdl.Schema("directive @oneOf on OBJECT directive @mine(x: Int) repeatable on FIELD type Query @oneOf { a: Int }");

        Assert.Equal(
            ["oneOf", "mine", "include", "skip", "deprecated", "specifiedBy"],
            schema.DirectiveDefinitions.Select(static directive => directive.Name));
        Assert.Equal(DirectiveLocation.Object, Assert.Single(schema.FindDirective("oneOf")!.Locations));
        Assert.True(schema.FindDirective("mine")!.IsRepeatable);
        Assert.Equal(
            ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"],
            schema.FindDirective("skip")!.Locations.Select(DirectiveLocations.ToWire));
    }

    [Fact] // Spec §3.3.1
    public void Roots_have_default_names_only_without_a_schema_definition()
    {
        var byName = Sdl.Schema("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }");
        Assert.Equal("Query Mutation Subscription", Names([byName.QueryType!, byName.MutationType!, byName.SubscriptionType!]));

        var named = Sdl.Schema("schema { query: Root } type Root { a: Int } type Mutation { a: Int }");
        Assert.Equal("Root", named.QueryType!.Name);
        Assert.Null(named.MutationType);

        var extended = Sdl.Schema("extend schema { mutation: Write } type Query { a: Int } type Write { a: Int }");
        Assert.Equal("Query Write", Names([extended.QueryType!, extended.MutationType!]));
    }

    [Fact] // Spec §3.4.3
    public void Extensions_are_merged_in_order_with_their_directives_and_places()
    {
        var schema = SchemaBuilder.Build(
            [
                Sdl.Parse("extend type User implements Node @d(x: 2) { name: String }", "b.graphqls"),
                Sdl.Parse(
                    """
                    "A person" type User @d(x: 1) { id: ID! }
                    extend union U = Query
                    union U = User
                    interface Node { id: ID! }
                    enum E { A } extend enum E { B }
                    input In @oneOf { a: E } extend input In { b: E }
                    scalar S extend scalar S @specifiedBy(url: "https://s")
                    directive @d(x: Int) repeatable on OBJECT
                    type Query { u: U }
                    """),
            ]).Schema!;

        var user = (ObjectType)schema.FindType("User")!;
        Assert.Equal("A person", user.Description);
        Assert.Equal(["id", "name"], user.Fields.Select(static field => field.Name));
        Assert.Equal("Node", Names(user.Interfaces));
        Assert.Equal(["1", "2"], user.Directives.Select(static directive => ((IntValueNode)directive.Argument("x")!).Value));
        Assert.Equal(["schema.graphqls", "b.graphqls"], user.Origins.Select(static origin => origin.Source.Name));
        Assert.Equal("User Query", Names(((UnionType)schema.FindType("U")!).Members));
        Assert.Equal(["A", "B"], ((EnumType)schema.FindType("E")!).Values.Select(static value => value.Name));
        Assert.True(((InputObjectType)schema.FindType("In")!).IsOneOf);
        Assert.Equal("https://s", ((ScalarType)schema.FindType("S")!).SpecifiedByUrl);
        Assert.Equal("User.name", user.FindField("name")!.ToString());
        Assert.Equal(new SourceLocation(1, 45), user.FindField("name")!.Origin!.Value.Location);
    }

    [Fact] // Spec §3.13.3
    public void Deprecation_has_a_reason_of_its_own_or_the_default_one()
    {
        var schema = Sdl.Schema("""type Query { a(x: Int @deprecated): Int @deprecated(reason: "old") b: E } enum E { V @deprecated W }""");

        Assert.Equal("old", schema.QueryType!.FindField("a")!.DeprecationReason);
        Assert.Equal("No longer supported", schema.QueryType.FindField("a")!.Arguments[0].DeprecationReason);
        Assert.Equal(["No longer supported", null], ((EnumType)schema.FindType("E")!).Values.Select(static value => value.DeprecationReason));
    }

    [Fact] // Spec GetPossibleTypes
    public void Possible_types_are_the_type_its_implementations_or_its_members()
    {
        var schema = Sdl.Schema(
            """
            type Query implements A { a: Int u: U }
            interface A { a: Int }
            interface B implements A { a: Int }
            type C implements A & B { a: Int }
            union U = C
            """);

        string Possible(string name) => string.Join(
            ' ', ((CompositeType)schema.FindType(name)!).PossibleTypes.Ordinals().Select(ordinal => schema.ObjectTypes[ordinal].Name));
        Assert.Equal(["Query", "Query C", "C", "C"], new[] { "Query", "A", "B", "U" }.Select(Possible));
    }

    [Fact] // graphql-js: a definition of a built-in type is passed over
    public void Built_in_types_cannot_be_defined_anew()
    {
        var schema = Sdl.Schema("scalar ID type __Type { mine: Int } type Query { a: String }");

        Assert.Same(SpecifiedScalars.Id, schema.FindType("ID"));
        Assert.Null(((ObjectType)schema.FindType("__Type")!).FindField("mine"));
    }

    [Fact]
    public void A_source_schema_may_lack_queries_and_definitions_and_use_unknown_directives()
    {
        var options = new SchemaBuilderOptions { AllowMissingQuery = true, AllowUnknownDirectives = true, ExtensionsMayDefine = true };

        var schema = Sdl.Schema("""extend type User @key(fields: "id") { id: ID! @external } extend type Mutation { a: User }""", options);

        Assert.Null(schema.QueryType);
        Assert.Equal("Mutation", schema.MutationType!.Name);
        Assert.Equal("key", Assert.Single(schema.FindType("User")!.Directives).Name.Value);
    }

    [Fact]
    public void A_prelude_stands_in_for_what_the_documents_do_not_define()
    {
        var options = new SchemaBuilderOptions
        {
            Prelude = Sdl.Parse("directive @key(fields: FieldSet!) repeatable on OBJECT directive @tag on OBJECT scalar FieldSet", "prelude"),
        };

        var schema = Sdl.Schema("""directive @tag on SCHEMA schema @tag { query: Query } type Query @key(fields: "id") { id: ID }""", options);

        Assert.Equal(DirectiveLocation.Schema, Assert.Single(schema.FindDirective("tag")!.Locations));
        Assert.Equal("prelude", schema.FindDirective("key")!.Origin!.Value.Source.Name);
        Assert.Equal("Query FieldSet String Boolean ID", Names(schema.Types.Take(5)));
    }

    [Fact]
    public void A_schema_assumed_valid_is_built_without_rules_but_not_with_unknown_types()
    {
        var options = new SchemaBuilderOptions { AssumeValid = true };

        Assert.Equal("Query", Sdl.Schema("type Query @unknown { __a: Int }", options).QueryType!.Name);
        Sdl.ExpectErrors("type Query { a: Missing }", "Unknown type \"Missing\". (1:17)", options);
    }
}
