using Xunit;

namespace GraphGateway.Language.Tests;

public sealed class NameTests
{
    [Fact]
    public void Names_of_every_length_are_read_as_written_and_told_apart()
    {
        // Names that differ in one letter, at every place: a table that looked at some letters alone would mix them up.
        var names = new List<string>();
        for (var length = 1; length <= 90; length++)
        {
            for (var place = 0; place < length; place++)
            {
                names.Add(new string('a', place) + 'b' + new string('a', length - place - 1));
            }

            names.Add(new string('a', length));
        }

        for (var round = 0; round < 2; round++)
        {
            foreach (var name in names)
            {
                Assert.Equal(name, OnlyField(name));
            }
        }
    }

    [Fact]
    public void A_name_seen_again_is_the_same_string() => Assert.Same(OnlyField("someFieldName"), OnlyField("someFieldName"));

    private static string OnlyField(string name)
    {
        var document = Parser.ParseDocument(new SourceText($"{{ {name} }}")).Value!;
        var operation = Assert.IsType<OperationDefinitionNode>(Assert.Single(document.Definitions));
        return Assert.IsType<FieldNode>(Assert.Single(operation.SelectionSet.Selections)).Name.Value;
    }
}
