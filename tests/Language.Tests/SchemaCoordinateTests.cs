using Xunit;

namespace GraphGateway.Language.Tests;

/// <summary>Messages and locations are those of graphql-js 16.13.1.</summary>
public sealed class SchemaCoordinateTests
{
    [Theory]
    [InlineData("Query")]
    [InlineData("Query.user")]
    [InlineData("Query.user(id:)")]
    [InlineData("@tag")]
    [InlineData("@tag(name:)")]
    public void A_coordinate_is_read_and_written(string text)
    {
        var coordinate = SchemaCoordinate.Parse(new SourceText(text)).Value;

        Assert.Equal(text, coordinate?.ToString());
        Assert.Equal(text.StartsWith('@'), coordinate!.IsDirective);
    }

    [Theory]
    [InlineData("", "Syntax Error: Expected Name, found <EOF>.", 1)]
    [InlineData("A.", "Syntax Error: Expected Name, found <EOF>.", 3)]
    [InlineData("A(b:)", "Syntax Error: Expected <EOF>, found \"(\".", 2)]
    [InlineData("A.b(c)", "Syntax Error: Expected \":\", found \")\".", 6)]
    [InlineData("A.b(c:", "Syntax Error: Expected \")\", found <EOF>.", 7)]
    [InlineData("@a.b", "Syntax Error: Expected <EOF>, found \".\".", 3)]
    [InlineData("A .b", "Syntax Error: Invalid character: \" \".", 2)]
    [InlineData("A.b.c", "Syntax Error: Expected <EOF>, found \".\".", 4)]
    [InlineData("é", "Syntax Error: Invalid character: U+00E9.", 1)]
    public void An_error_says_what_stands_where(string text, string message, int column)
    {
        var error = SchemaCoordinate.Parse(new SourceText(text)).Error;

        Assert.Equal(message, error?.Message);
        Assert.Equal(new SourceLocation(1, column), Assert.Single(error!.Locations));
    }
}
