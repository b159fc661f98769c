using System.Globalization;
using System.Text;
using Xunit;

namespace GraphGateway.Gateway.Tests.PersistedOperations;

public sealed class AutomaticDocumentsTests
{
    [Theory]
    [InlineData("7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e", true)]
    [InlineData("sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e", true)]
    [InlineData("7DBA4BD717B41F10434822356A93C32B1FB4907B983E854300AD839F84CDCD6E", true)]
    [InlineData("SHA256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e", false)]
    [InlineData("7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6", false)]
    [InlineData("7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6g", false)]
    [InlineData("sha256:", false)]
    [InlineData("", false)]
    public void The_appendixs_example_has_this_hash(string id, bool isHash)
    {
        const string document = "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}";
        Assert.Equal(isHash, DocumentHash.TryParse(id, out var hash));
        Assert.Equal(isHash ? DocumentHash.Of(Encoding.UTF8.GetBytes(document)) : default, hash);
    }

    [Fact]
    public void It_is_bounded_and_keeps_what_is_asked_for()
    {
        const int room = 20;
        var documents = new AutomaticDocuments(AutomaticDocuments.CostOf(DocumentOf(0).Length) * room);
        var often = Keep(documents, "{ often }");
        for (var i = 0; i < 1000; i++)
        {
            var hash = Keep(documents, DocumentOf(i));
            Assert.Equal(DocumentOf(i), Text(documents.Find(hash)));
            Assert.Equal("{ often }", Text(documents.Find(often)));
            Assert.InRange(documents.Count, 1, room);
        }

        Assert.Null(documents.Find(DocumentHash.Of(Encoding.UTF8.GetBytes(DocumentOf(0)))));
    }

    [Fact]
    public void A_document_that_would_take_half_of_the_room_pushes_nothing_out()
    {
        var documents = new AutomaticDocuments(1_000);
        var small = Keep(documents, "{ small }");
        var large = Keep(documents, new string(' ', 500));
        Assert.Null(documents.Find(large));
        Assert.Equal("{ small }", Text(documents.Find(small)));
    }

    private static string DocumentOf(int i) => $"{{ a{i.ToString("D4", CultureInfo.InvariantCulture)} }}";

    private static string? Text(KnownDocument? document) => document is null ? null : Encoding.UTF8.GetString(document.Text);

    private static DocumentHash Keep(AutomaticDocuments documents, string text)
    {
        var document = Encoding.UTF8.GetBytes(text);
        var hash = DocumentHash.Of(document);
        documents.Keep(hash, document);
        return hash;
    }
}
