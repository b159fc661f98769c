using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Benchmarks;

/// <summary>
/// The query <c>shopfront.graphql</c> by hand: what somebody writes who knows it, its sources and what it needs of them. Six requests in three steps; where
/// articles that this answer already has are not asked for again, four.
/// </summary>
/// <param name="client">Sends.</param>
/// <param name="sources">Where the sources are, each below it by its name.</param>
/// <param name="isIdentityKept">Whether what the request has of an article is used for the same article elsewhere.</param>
internal sealed class Shopfront(HttpClient client, Uri sources, bool isIdentityKept)
{
    private static readonly byte[] Shelves =
        """{"query":"{shelves{name articles{sku title maker blurb cents weightGrams}}}"}"""u8.ToArray();

    private static readonly Entities Stock = new("Article", "available postage");
    private static readonly Entities Ratings = new("Article", "ratings{id stars text author{id ratings{id stars article{sku}}}}");
    private static readonly Entities Customers = new("Customer", "name city");
    private static readonly Entities Titles = new("Article", "title");
    private static readonly Entities Availability = new("Article", "available");
    private readonly Uri catalogue = new(sources, "catalogue");
    private readonly Uri stock = new(sources, "stock");
    private readonly Uri ratings = new(sources, "ratings");
    private readonly Uri customers = new(sources, "customers");

    /// <summary>Answers the query; the request's body is not looked at.</summary>
    public async Task Answer(HttpContext context)
    {
        (await Servers.ReadBody(context.Request)).Dispose();
        using var shelves = await Send(catalogue, Shelves);
        var shelfList = shelves.RootElement.GetProperty("data"u8).GetProperty("shelves"u8);
        var articles = new Dictionary<string, Article>();
        foreach (var shelf in shelfList.EnumerateArray())
        {
            foreach (var article in shelf.GetProperty("articles"u8).EnumerateArray())
            {
                articles.TryAdd(article.GetProperty("sku"u8).GetString()!, new Article { Catalogue = article });
            }
        }

        var stockTask = Send(stock, Stock.Write(articles.Values, (writer, article) =>
        {
            Copy(writer, "sku"u8, article.Catalogue);
            Copy(writer, "weightGrams"u8, article.Catalogue);
        }));
        var ratingsTask = Send(ratings, Ratings.Write(articles.Values, (writer, article) => Copy(writer, "sku"u8, article.Catalogue)));
        using var stockAnswer = await stockTask;
        using var ratingsAnswer = await ratingsTask;
        Join(stockAnswer, articles.Values, (article, entity) => article.Stock = entity);
        Join(ratingsAnswer, articles.Values, (article, entity) => article.Ratings = entity.GetProperty("ratings"u8));

        var authors = new Dictionary<string, Customer>();
        var rated = new Dictionary<string, Rated>();
        Collect(articles, authors, rated);
        var missing = rated.Values.Where(article => article.IsMissing).ToArray();
        var customersTask = Send(customers, Customers.Write(authors.Values, (writer, author) => Copy(writer, "id"u8, author.Key)), authors.Count);
        var titlesTask = Send(catalogue, Titles.Write(missing, (writer, article) => Copy(writer, "sku"u8, article.Key)), missing.Length);
        var availabilityTask = Send(stock, Availability.Write(missing, (writer, article) => Copy(writer, "sku"u8, article.Key)), missing.Length);
        using var customersAnswer = await customersTask;
        using var titlesAnswer = await titlesTask;
        using var availabilityAnswer = await availabilityTask;
        Join(customersAnswer, authors.Values, (author, entity) => author.Entity = entity);
        Join(titlesAnswer, missing, (article, entity) => article.Title = entity.GetProperty("title"u8));
        Join(availabilityAnswer, missing, (article, entity) => article.Available = entity.GetProperty("available"u8));

        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        Write(json, shelfList, articles, authors, rated);
    }

    /// <summary>The authors of all ratings, and all articles that they have rated.</summary>
    private void Collect(Dictionary<string, Article> articles, Dictionary<string, Customer> authors, Dictionary<string, Rated> rated)
    {
        foreach (var article in articles.Values)
        {
            foreach (var rating in article.Ratings.EnumerateArray())
            {
                var author = rating.GetProperty("author"u8);
                authors.TryAdd(author.GetProperty("id"u8).GetString()!, new Customer { Key = author });
                foreach (var own in author.GetProperty("ratings"u8).EnumerateArray())
                {
                    var key = own.GetProperty("article"u8);
                    var sku = key.GetProperty("sku"u8).GetString()!;
                    if (rated.ContainsKey(sku))
                    {
                        continue;
                    }

                    rated[sku] = isIdentityKept && articles.TryGetValue(sku, out var known)
                        ? new Rated { Key = key, Title = known.Catalogue.GetProperty("title"u8), Available = known.Stock.GetProperty("available"u8) }
                        : new Rated { Key = key, IsMissing = true };
                }
            }
        }
    }

    private static void Write(
        Utf8JsonWriter json, JsonElement shelves, Dictionary<string, Article> articles, Dictionary<string, Customer> authors, Dictionary<string, Rated> rated)
    {
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartArray("shelves"u8);
        foreach (var shelf in shelves.EnumerateArray())
        {
            json.WriteStartObject();
            Copy(json, "name"u8, shelf);
            json.WriteStartArray("articles"u8);
            foreach (var article in shelf.GetProperty("articles"u8).EnumerateArray())
            {
                var known = articles[article.GetProperty("sku"u8).GetString()!];
                json.WriteStartObject();
                Copy(json, "sku"u8, article);
                Copy(json, "title"u8, article);
                Copy(json, "maker"u8, article);
                Copy(json, "blurb"u8, article);
                Copy(json, "cents"u8, article);
                Copy(json, "available"u8, known.Stock);
                Copy(json, "postage"u8, known.Stock);
                json.WriteStartArray("ratings"u8);
                foreach (var rating in known.Ratings.EnumerateArray())
                {
                    WriteRating(json, rating, authors, rated);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRating(Utf8JsonWriter json, JsonElement rating, Dictionary<string, Customer> authors, Dictionary<string, Rated> rated)
    {
        json.WriteStartObject();
        Copy(json, "id"u8, rating);
        Copy(json, "stars"u8, rating);
        Copy(json, "text"u8, rating);
        var author = rating.GetProperty("author"u8);
        var customer = authors[author.GetProperty("id"u8).GetString()!].Entity;
        json.WriteStartObject("author"u8);
        Copy(json, "id"u8, author);
        Copy(json, "name"u8, customer);
        Copy(json, "city"u8, customer);
        json.WriteStartArray("ratings"u8);
        foreach (var own in author.GetProperty("ratings"u8).EnumerateArray())
        {
            var key = own.GetProperty("article"u8);
            var article = rated[key.GetProperty("sku"u8).GetString()!];
            json.WriteStartObject();
            Copy(json, "id"u8, own);
            Copy(json, "stars"u8, own);
            json.WriteStartObject("article"u8);
            Copy(json, "sku"u8, key);
            CopyValue(json, "title"u8, article.Title);
            CopyValue(json, "available"u8, article.Available);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter json, ReadOnlySpan<byte> name, JsonElement from) => CopyValue(json, name, from.GetProperty(name));

    private static void CopyValue(Utf8JsonWriter json, ReadOnlySpan<byte> name, JsonElement value)
    {
        json.WritePropertyName(name);
        // It was read a moment ago: what is written again needs no check.
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    private static void Join<T>(JsonDocument? answer, IReadOnlyCollection<T> items, Action<T, JsonElement> add)
    {
        if (answer is null)
        {
            return;
        }

        foreach (var (item, entity) in items.Zip(answer.RootElement.GetProperty("data"u8).GetProperty("_entities"u8).EnumerateArray()))
        {
            add(item, entity);
        }
    }

    private async Task<JsonDocument?> Send(Uri source, ReadOnlyMemory<byte> body, int items) => items == 0 ? null : await Send(source, body);

    private async Task<JsonDocument> Send(Uri source, ReadOnlyMemory<byte> body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, source) { Content = Servers.Json(body) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var document = await JsonDocument.ParseAsync(stream);
        return document.RootElement.TryGetProperty("errors"u8, out var errors) ? throw new InvalidOperationException($"A source has errors: {errors}") : document;
    }

    /// <summary>Writes a request for entities.</summary>
    private sealed class Entities(string type, string fields)
    {
        private readonly byte[] head = System.Text.Encoding.UTF8.GetBytes(
            "{\"query\":\"query($r:[_Any!]!){_entities(representations:$r){... on " + type + "{" + fields + "}}}\",\"variables\":{\"r\":");

        private readonly JsonEncodedText typeName = JsonEncodedText.Encode(type);

        public ReadOnlyMemory<byte> Write<T>(IReadOnlyCollection<T> items, Action<Utf8JsonWriter, T> writeKey)
        {
            var buffer = new ArrayBufferWriter<byte>(head.Length + 16 + (items.Count * 64));
            buffer.Write(head);
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
            {
                json.WriteStartArray();
                foreach (var item in items)
                {
                    json.WriteStartObject();
                    json.WriteString("__typename"u8, typeName);
                    writeKey(json, item);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            buffer.Write("}}"u8);
            return buffer.WrittenMemory;
        }
    }

    private sealed class Article
    {
        public JsonElement Catalogue { get; init; }

        public JsonElement Stock { get; set; }

        public JsonElement Ratings { get; set; }
    }

    private sealed class Customer
    {
        public JsonElement Key { get; init; }

        public JsonElement Entity { get; set; }
    }

    /// <summary>An article that an author has rated.</summary>
    private sealed class Rated
    {
        public JsonElement Key { get; init; }

        public bool IsMissing { get; init; }

        public JsonElement Title { get; set; }

        public JsonElement Available { get; set; }
    }
}
