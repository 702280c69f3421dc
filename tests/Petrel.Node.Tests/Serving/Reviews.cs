using System.Collections.Concurrent;
using Petrel.Api.Authentication;
using Petrel.Api.Authorization;
using Petrel.Api.Json;
using Petrel.Client.Api;

namespace Petrel.Node.Tests.Serving;

/// <summary>An API server that knows tokens of the form token-of-USER and allows what it was told to.</summary>
internal sealed class Reviews : IApi
{
    private readonly ConcurrentBag<(string User, string Subresource)> _allowed = [];
    private readonly ConcurrentQueue<string> _asked = [];

    public bool IsDown { get; set; }

    /// <summary>Access reviews so far: user, verb, node, subresource.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public void Allow(string user, string subresource) => _allowed.Add((user, subresource));

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new HttpRequestException("connection refused");
        }

        return Task.FromResult(new ApiResponse(201, "application/json", request.PathAndQuery.EndsWith("/tokenreviews", StringComparison.Ordinal)
            ? JsonEncoding.Encode(Review(JsonDecoder.Decode<TokenReview>(request.Body.Span, new DecodeProblems())))
            : JsonEncoding.Encode(Review(JsonDecoder.Decode<SubjectAccessReview>(request.Body.Span, new DecodeProblems())))));
    }

    public IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static TokenReview Review(TokenReview review)
    {
        const string Prefix = "token-of-";
        var token = review.Spec.Token;
        return token.StartsWith(Prefix, StringComparison.Ordinal)
            ? review with { Status = new TokenReviewStatus { Authenticated = true, User = new UserInfo { Username = token[Prefix.Length..] } } }
            : review;
    }

    private SubjectAccessReview Review(SubjectAccessReview review)
    {
        var asked = review.Spec.ResourceAttributes!;
        _asked.Enqueue($"{review.Spec.User} {asked.Verb} {asked.Name} {asked.Subresource}");
        return review with { Status = new SubjectAccessReviewStatus { Allowed = _allowed.Contains((review.Spec.User, asked.Subresource)) } };
    }
}
