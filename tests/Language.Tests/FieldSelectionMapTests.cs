using Xunit;

namespace GraphGateway.Language.Tests;

public sealed class FieldSelectionMapTests
{
    [Theory]
    [InlineData("id", "id")]
    [InlineData("owner . address.city", "owner.address.city")]
    [InlineData("<Book>.isbn", "<Book>.isbn")]
    [InlineData("media<Book>.isbn", "media<Book>.isbn")]
    [InlineData("a|b |<C>.d", "a | b | <C>.d")]
    [InlineData("| a | b", "a | b")]
    [InlineData("{id name:owner.name}", "{ id name: owner.name }")]
    [InlineData("{ id, nested: { a b: c } }", "{ id nested: { a b: c } }")]
    [InlineData("{ a: x } | { b: y }", "{ a: x } | { b: y }")]
    [InlineData("dimension.{size weight}", "dimension.{ size weight }")]
    [InlineData("parts[id]", "parts[id]")]
    [InlineData("parts[[{ id x: y }]]", "parts[[{ id x: y }]]")]
    [InlineData("parts [ a | b ]", "parts[a | b]")]
    [InlineData("price(currency: EUR).amount", "price(currency: EUR).amount")]
    [InlineData("{ price(currency: \"EUR\") other: price(currency: [1]) }", "{ price(currency: \"EUR\") other: price(currency: [1]) }")]
    public void A_map_prints_as_it_was_meant(string text, string expected)
    {
        var result = FieldSelectionMapParser.Parse(new SourceText(text));

        Assert.Null(result.Error?.Message);
        var printed = Printer.Print(result.Value!);
        Assert.Equal(expected, printed);
        Assert.Equal(expected, Printer.Print(FieldSelectionMapParser.Parse(new SourceText(printed)).Value!));
    }

    [Theory]
    [InlineData("", "Syntax Error: Expected Name, found <EOF>.", 1)]
    [InlineData("a |", "Syntax Error: Expected Name, found <EOF>.", 4)]
    [InlineData("a.", "Syntax Error: Expected Name, found <EOF>.", 3)]
    [InlineData("a b", "Syntax Error: Expected <EOF>, found Name \"b\".", 3)]
    [InlineData("{ }", "Syntax Error: Expected Name, found \"}\".", 3)]
    [InlineData("{ a: }", "Syntax Error: Expected Name, found \"}\".", 6)]
    [InlineData("<Book>isbn", "Syntax Error: Expected \".\", found Name \"isbn\".", 7)]
    [InlineData("<Book.isbn", "Syntax Error: Expected \">\", found \".\".", 6)]
    [InlineData("media<Book>", "Syntax Error: Expected \".\", found <EOF>.", 12)]
    [InlineData("media<Book>.{ isbn }", "Syntax Error: Expected Name, found \"{\".", 13)]
    [InlineData("a[b", "Syntax Error: Expected \"]\", found <EOF>.", 4)]
    [InlineData("[a]", "Syntax Error: Expected Name, found \"[\".", 1)]
    [InlineData("a(b: $c)", "Syntax Error: Unexpected variable \"$c\" in constant value.", 6)]
    [InlineData("a...b", "Syntax Error: Expected Name, found \".\".", 3)]
    [InlineData("a ? b", "Syntax Error: Unexpected character: \"?\".", 3)]
    public void An_error_names_the_token_and_its_place(string text, string message, int column)
    {
        var error = FieldSelectionMapParser.Parse(new SourceText(text)).Error;

        Assert.Equal(message, error?.Message);
        Assert.Equal(new SourceLocation(1, column), Assert.Single(error!.Locations));
    }

    [Fact]
    public void The_tree_says_what_belongs_to_what()
    {
        var value = FieldSelectionMapParser.Parse(new SourceText("<A>.b(x: 1)<C>.d.{ e f: g }")).Value!;

        var entry = Assert.Single(value.Entries);
        Assert.Equal("A", entry.Path!.TypeName?.Value);
        Assert.Equal(["b", "d"], entry.Path.Segments.Select(s => s.FieldName.Value));
        Assert.Equal("C", entry.Path.Segments[0].TypeName?.Value);
        Assert.Equal("x", Assert.Single(entry.Path.Segments[0].Arguments).Name.Value);
        Assert.Null(entry.List);
        Assert.Equal(["e", "f"], entry.Object!.Fields.Select(f => f.Name.Value));
        Assert.Null(entry.Object.Fields[0].Value);
        Assert.Equal("g", Printer.Print(entry.Object.Fields[1].Value!));
        Assert.Equal((0, 16), (entry.Path.Start, entry.Path.End));
    }
}
