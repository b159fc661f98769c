using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ContractTests
{
    private const string Garden =
        """
        # source a
        type Query {
          rose(id: ID! @tag(name: "mobile")): Rose @lookup @tag(name: "mobile")
          plan: Plan @tag(name: "internal")
          find(in: Find, color: Color = RED): [Found]
        }
        type Rose {
          id: ID! @tag(name: "internal")
          name: String @tag(name: "mobile") @tag(name: "partner")
          color: Color @tag(name: "partner")
          scent: String
        }
        type Plan @tag(name: "internal") { text: String }
        enum Color { RED PLAID @tag(name: "internal") }
        input Find { name: String plan: String @tag(name: "internal") }
        union Found = Rose | Plan
        # source b
        type Query { roseById(id: ID!): Rose @lookup @internal }
        type Rose { id: ID! price: Int @tag(name: "mobile") }
        """;

    [Fact]
    public void What_has_an_excluded_tag_is_hidden_and_the_rest_stays() => Assert.Equal(
        """
        type Query {
          rose(id: ID!): Rose
          find(in: Find, color: Color = RED): [Found]
        }

        type Rose {
          name: String
          color: Color
          scent: String
          price: Int
        }

        enum Color {
          RED
        }

        input Find {
          name: String
        }

        union Found = Rose
        """,
        Public(Garden, new SchemaContract { ExcludeTags = ["internal"] }));

    [Fact]
    public void Only_fields_with_an_included_tag_stay_and_types_that_have_some() => Assert.Equal(
        """
        type Query {
          rose(id: ID!): Rose
        }

        type Rose {
          name: String
          price: Int
        }

        enum Color {
          RED
          PLAID
        }

        input Find {
          name: String
          plan: String
        }
        """,
        Public(Garden, new SchemaContract { IncludeTags = ["mobile"] }));

    [Fact]
    public void An_excluded_tag_wins_and_types_that_nothing_reaches_can_be_hidden() => Assert.Equal(
        """
        type Query {
          rose(id: ID!): Rose
        }

        type Rose {
          price: Int
        }
        """,
        Public(Garden, new SchemaContract { IncludeTags = ["mobile"], ExcludeTags = ["partner"], HideUnreachableTypes = true }));

    [Fact]
    public void The_sources_and_keys_stay_what_they_were_and_the_file_keeps_the_contract()
    {
        var whole = Rule.Compose(Garden).Supergraph!;
        var variant = Compose(Garden, new SchemaContract { ExcludeTags = ["internal"] }).Supergraph!;

        Assert.Null(((ObjectType)variant.PublicSchema.FindType("Rose")!).FindField("id"));
        Assert.NotNull(variant.FindField("Rose", "id"));
        Assert.Equal(
            whole.FindType("Rose")!.Lookups.Select(lookup => $"{lookup.Source}: {Syntax.Fields(lookup.Key)}"),
            variant.FindType("Rose")!.Lookups.Select(lookup => $"{lookup.Source}: {Syntax.Fields(lookup.Key)}"));
        var text = SupergraphWriter.Write(variant);
        var back = SupergraphReader.Read(new SourceText(text)).Supergraph!;
        Assert.Equal(SchemaPrinter.Print(variant.PublicSchema), SchemaPrinter.Print(back.PublicSchema));
        Assert.Equal(text, SupergraphWriter.Write(back));
    }

    [Fact]
    public void Tags_of_Apollo_sources_count_whatever_they_are_called_there() => Assert.Equal(
        """
        type Query {
          rose: Rose
        }

        type Rose {
          id: ID
        }
        """,
        Public(
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [{name: "@tag", as: "@label"}, "@key"])
            type Query { rose: Rose @label(name: "mobile") lily: Int }
            type Rose @key(fields: "id") @label(name: "mobile") { id: ID }
            """,
            new SchemaContract { IncludeTags = ["mobile"] }));

    [Fact]
    public void What_is_left_must_be_a_schema()
    {
        var result = Compose(
            """
            # source a
            type Query {
              plan: Plan
              roses(key: String! @tag(name: "x"), color: Color = PLAID, find: Find = {secret: "a"}): Plant
            }
            type Plan @tag(name: "x") { text: String }
            enum Color { RED PLAID @tag(name: "x") }
            input Find { name: String secret: String @tag(name: "x") }
            interface Plant { price: Int }
            type Rose implements Plant { id: ID price: Int @tag(name: "x") }
            interface Tool { use(on: Int, at: Int! = 1 @tag(name: "x"), for: Int @tag(name: "x")): Int }
            type Spade implements Tool { use(on: Int @tag(name: "x"), at: Int!, for: Int, by: Int): Int }
            input Deep { find: [Deeper] = [{color: RED}, {color: PLAID, find: {secret: "b"}}] }
            input Deeper { color: Color find: Find }
            """,
            new SchemaContract { ExcludeTags = ["x", "y"] });

        Assert.Null(result.Supergraph);
        Assert.Equal(
            """
            warning CONTRACT_TAG_UNUSED No type or member has the tag "y". Did you mean "x"?
            a.graphqls:2:3 CONTRACT_REFERENCE_HIDDEN Query.plan stays visible and returns Plan, which the contract hides.
            a.graphqls:3:9 CONTRACT_REQUIRED_INPUT_HIDDEN The contract hides Query.roses(key:), which must be given wherever Query.roses is used.
            a.graphqls:3:39 CONTRACT_DEFAULT_VALUE_HIDDEN The default of Query.roses(color:) shows Color.PLAID, which the contract hides.
            a.graphqls:3:61 CONTRACT_DEFAULT_VALUE_HIDDEN The default of Query.roses(find:) shows Find.secret, which the contract hides.
            a.graphqls:8:19 CONTRACT_INTERFACE_FIELD_HIDDEN Plant.price stays visible, and the contract hides Rose.price, which implements it.
            a.graphqls:10:22 CONTRACT_INTERFACE_FIELD_HIDDEN Tool.use(on:) stays visible, and the contract hides Spade.use(on:), which implements it.
            a.graphqls:10:31 CONTRACT_INTERFACE_FIELD_HIDDEN Spade.use(at:) stays visible and must be given, and the contract hides Tool.use(at:), which it implements.
            a.graphqls:12:14 CONTRACT_DEFAULT_VALUE_HIDDEN The default of Deep.find shows Color.PLAID, which the contract hides.
            a.graphqls:12:14 CONTRACT_DEFAULT_VALUE_HIDDEN The default of Deep.find shows Find.secret, which the contract hides.
            """,
            string.Join("\n", result.Problems.Select(problem => problem.ToString().Split('\n')[0])));
    }

    [Fact]
    public void A_contract_that_leaves_nothing_is_refused()
    {
        var result = Compose(Garden, new SchemaContract { IncludeTags = ["partner"] });

        Assert.Equal(
            """
            a.graphqls:1:6 CONTRACT_HIDES_EVERYTHING The contract leaves no field of Query, so that there would be nothing to ask.
              also b.graphqls:1:6
              hint: Tag at least one field of Query for it, or exclude less.
            """,
            string.Join("\n", result.Problems));
    }

    private static string Public(string sources, SchemaContract contract)
    {
        var result = Compose(sources, contract);
        Assert.Equal("", string.Join("\n", result.Problems));
        var text = SchemaPrinter.Print(result.Supergraph!.PublicSchema);
        return text[text.IndexOf("type Query", StringComparison.Ordinal)..].TrimEnd('\n');
    }

    private static CompositionResult Compose(string sources, SchemaContract contract) =>
        Composer.Compose(Rule.Sources(sources, new SourceSettings()), new ComposerOptions { Contract = contract });
}
