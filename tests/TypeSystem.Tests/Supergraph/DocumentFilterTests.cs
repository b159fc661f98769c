using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>What a filter leaves, and which nodes it makes for it.</summary>
public sealed class DocumentFilterTests
{
    private const string Text =
        """
        type Query { "who" user(id: ID! = "1" @own): User! @tag(name: "t") }
        type User implements Node @key(fields: "id") { id: ID! name: [String!] @own }
        interface Node { id: ID! }
        enum Size { S @own M }
        input In { a: Int = 1 b: [In!]! }
        union Any = User | Query
        """;

    [Fact]
    public void Nodes_in_which_nothing_changes_are_the_same()
    {
        var document = Sdl.Parse(Text);
        var result = new DocumentFilter().Apply(document);
        Assert.Equal(Printer.Print(document), Printer.Print(result));
        foreach (var (before, after) in document.Definitions.OfType<ObjectTypeDefinitionNode>().Zip(result.Definitions.OfType<ObjectTypeDefinitionNode>()))
        {
            Assert.Equal(before.Fields, after.Fields);
            Assert.Equal(before.Interfaces, after.Interfaces);
            Assert.Equal(before.Directives, after.Directives);
        }
    }

    [Fact]
    public void What_changes_is_made_anew_and_the_document_stays()
    {
        var document = Sdl.Parse(Text);
        var before = Printer.Print(document);
        var result = new DocumentFilter
        {
            KeepType = name => name != "Node",
            KeepDirective = name => name != "tag",
            KeepMember = directives => directives.All(directive => directive.Name.Value != "own") || directives.Length > 1,
            DirectiveName = name => name == "key" ? "id" : name,
            TypeName = name => name == "User" ? "Person" : name,
        }.Apply(document);
        Assert.Equal(
            Printer.Print(Sdl.Parse(
                """
                type Query { "who" user: Person! }
                type Person @id(fields: "id") { id: ID! }
                enum Size { M }
                input In { a: Int = 1 b: [In!]! }
                union Any = Person | Query
                """)),
            Printer.Print(result));
        Assert.Equal(before, Printer.Print(document));
    }
}
