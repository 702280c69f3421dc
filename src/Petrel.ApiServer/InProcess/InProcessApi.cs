using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.ApiServer.Authentication;
using Petrel.Client.Api;

namespace Petrel.ApiServer.InProcess;

/// <summary>
/// The API without a network: requests of components in the same process enter the pipeline as a given user, and meet the
/// same authorization, admission and limits as requests over HTTPS.
/// </summary>
internal sealed class InProcessApi(RequestPipeline pipeline, UserInfo user, string userAgent) : IApi
{
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var answer = new InProcessResponse(PipeWriter.Create(body), cancellationToken);
        var context = Make(request, answer);
        await pipeline.InvokeAsync(context);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfBroken(answer);
        return new ApiResponse(context.Response.StatusCode, MediaTypeOf(context.Response.ContentType), body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    public async IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = new Pipe();
        var answer = new InProcessResponse(pipe.Writer, ended.Token);
        var context = Make(request, answer);
        var serving = ServeAsync(context, pipe.Writer);
        try
        {
            await foreach (var line in WatchLines.ReadAsync(pipe.Reader, cancellationToken))
            {
                if (context.Response.StatusCode >= 400)
                {
                    throw new ApiException(JsonDecoder.Decode<Status>(line.Span, new DecodeProblems()));
                }

                yield return WatchLines.Decode(line);
            }

            ThrowIfBroken(answer);
        }
        finally
        {
            await ended.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await serving;
        }
    }

    private async Task ServeAsync(HttpContext context, PipeWriter output)
    {
        try
        {
            await pipeline.InvokeAsync(context);
        }
        finally
        {
            await output.CompleteAsync();
        }
    }

    private static void ThrowIfBroken(InProcessResponse answer)
    {
        if (answer.IsBroken)
        {
            throw new HttpRequestException("the server broke its answer off");
        }
    }

    private DefaultHttpContext Make(ApiRequest request, InProcessResponse answer)
    {
        var query = request.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? request.PathAndQuery : request.PathAndQuery[..query];
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(answer);
        context.Features.Set<IHttpResponseBodyFeature>(answer);
        context.Features.Set<IHttpRequestLifetimeFeature>(answer);
        context.Features.Set(new InProcessUser(user));
        context.Request.Method = request.Method;
        context.Request.Scheme = "https";
        context.Request.Path = PathString.FromUriComponent(path);
        context.Request.QueryString = query < 0 ? QueryString.Empty : new QueryString(request.PathAndQuery[query..]);
        context.Request.Headers.Accept = request.Accept;
        context.Request.Headers.UserAgent = userAgent;
        if (!request.Body.IsEmpty)
        {
            context.Request.ContentType = request.ContentType;
            context.Request.ContentLength = request.Body.Length;
            context.Features.Set<IRequestBodyPipeFeature>(new MemoryBody(PipeReader.Create(new ReadOnlySequence<byte>(request.Body))));
        }

        return context;
    }

    private static string MediaTypeOf(string? contentType)
    {
        var end = contentType?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return end < 0 ? contentType ?? "" : contentType![..end];
    }

    private sealed class MemoryBody(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader { get; } = reader;
    }
}
