using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Webhooks;

/// <summary>
/// Asks webhooks: admission's and the ones that convert custom resources. Errors are told in the words of upstream's client.
/// </summary>
internal sealed class WebhookClient(WebhookConnections connections, TimeProvider time)
{
    /// <summary>Most bytes of an answer. No object is larger, and a patch of one is not much larger.</summary>
    public const int AnswerBytesMax = 10 * 1024 * 1024;

    /// <summary>How often a server may ask to be asked again later (Retry-After).</summary>
    private const int RetriesMax = 10;

    /// <summary>Most of an unexpected answer that an error shows.</summary>
    private const int TextBytesMax = 2048;

    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(30);

    /// <summary>Posts a question and returns the answer's JSON.</summary>
    /// <param name="timeout">Told to the webhook in whole seconds.</param>
    /// <exception cref="WebhookException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ReadOnlyMemory<byte>> PostAsync(WebhookAddress address, ReadOnlyMemory<byte> question, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var client = connections.For(address);
        var url = string.Create(CultureInfo.InvariantCulture, $"{address.Url}?timeout={Math.Ceiling(timeout.TotalSeconds)}s");
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                using var message = new HttpRequestMessage(HttpMethod.Post, url)
                {
                    Version = System.Net.HttpVersion.Version20,
                    VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
                    Content = new ReadOnlyMemoryContent(question),
                };
                // The TLS layer takes the name from here.
                message.Headers.Host = address.ServerName;
                message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                message.Headers.TryAddWithoutValidation("Accept", "application/json, */*");
                message.Headers.TryAddWithoutValidation("User-Agent", "kube-apiserver-admission");
                using var answer = await client.SendAsync(message, either.Token);
                if (attempt < RetriesMax && RetryAfter(answer) is { } delay)
                {
                    await Task.Delay(delay, time, either.Token);
                    continue;
                }

                return await ReadAsync(answer, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer(url, "context deadline exceeded");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer(url, Describe(failed, url));
        }
    }

    private static WebhookException NoAnswer(string url, string problem) =>
        new($"Post {Api.Validation.GoSyntax.Quote(url)}: {problem}", Statuses.ServiceUnavailable("error calling webhook"));

    // What went wrong while connecting has its words already.
    private static string Describe(Exception failed, string url) => failed.InnerException switch
    {
        StatusException unresolved => unresolved.Status.Message,
        IOException dial when dial.Message.StartsWith("dial ", StringComparison.Ordinal) => dial.Message,
        _ => BackendErrors.Describe(failed, new Uri(url)),
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        (int)answer.StatusCode is 429 or >= 500 && answer.Headers.RetryAfter?.Delta is { } delay ? (delay < RetryDelayMax ? delay : RetryDelayMax) : null;

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(answer.Content, cancellationToken);
        var code = (int)answer.StatusCode;
        if (StatusOf(body) is { } status && (status.StatusValue != "Success" || code > 206))
        {
            throw new WebhookException(status.Message.Length > 0 ? status.Message : "unknown", status);
        }

        if (code is < 200 or > 206)
        {
            var described = ServerAnswers.Describe(code, IsText(answer) ? Encoding.UTF8.GetString(body[..Math.Min(body.Length, TextBytesMax)]).Trim() : "unknown");
            throw new WebhookException(described.Message, described);
        }

        if (body.Length == 0)
        {
            var problem = string.Create(CultureInfo.InvariantCulture, $"0-length response with status code: {code} and content type: {answer.Content.Headers.ContentType}");
            throw new WebhookException(problem, Statuses.ServiceUnavailable("error calling webhook"));
        }

        return body;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await stream.ReadAsync(chunk, cancellationToken) is var read and > 0)
        {
            body.Write(chunk, 0, read);
            if (body.Length > AnswerBytesMax)
            {
                throw new WebhookException(
                    string.Create(CultureInfo.InvariantCulture, $"the response is longer than {AnswerBytesMax} bytes"), Statuses.ServiceUnavailable("error calling webhook"));
            }
        }

        return body.ToArray();
    }

    // A Status instead of the answer that was asked for.
    private static Status? StatusOf(byte[] body)
    {
        if (!JsonTree.TryParse(body, out var tree, out _) || tree is not JsonMap map || map.FindText("kind") != "Status" || map.FindText("apiVersion") != "v1")
        {
            return null;
        }

        var problems = new DecodeProblems();
        var status = JsonDecoder.Decode<Status>(body, problems);
        return problems.TypeError is null ? status : null;
    }

    private static bool IsText(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType is not { MediaType: { } type } || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
}
