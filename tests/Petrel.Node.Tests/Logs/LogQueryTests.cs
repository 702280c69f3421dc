using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Petrel.Node.Logs;
using Xunit;

namespace Petrel.Node.Tests.Logs;

public sealed class LogQueryTests
{
    private static readonly DateTimeOffset Now = new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_options_are_read()
    {
        var query = Parse("?follow=true&previous=1&timestamps=&tailLines=10&limitBytes=100&sinceSeconds=60");
        Assert.Null(query.Refusal);
        Assert.True(query.Previous);
        Assert.Equal(
            new LogOptions { Follow = true, Timestamps = true, TailLines = 10, LimitBytes = 100, Since = Now.AddSeconds(-60) },
            query.Options);
    }

    [Theory]
    [InlineData("?follow=false&timestamps=0", false)]
    [InlineData("?follow=&timestamps=yes", true)]
    public void Flags_are_set_by_everything_but_false_and_0(string text, bool expected) =>
        Assert.Equal((expected, expected), (Parse(text).Options.Follow, Parse(text).Options.Timestamps));

    [Fact]
    public void Old_clients_say_tail()
    {
        Assert.Equal(5, Parse("?tail=5").Options.TailLines);
        Assert.Null(Parse("?tail=all&tailLines=3").Options.TailLines);
    }

    [Fact]
    public void A_time_may_have_a_fraction_and_a_zone()
    {
        Assert.Equal(Now, Parse("?sinceTime=2024-01-01T12:00:00Z").Options.Since);
        Assert.Equal(Now.AddMilliseconds(500), Parse("?sinceTime=2024-01-01T13:00:00.5%2B01:00").Options.Since);
    }

    [Theory]
    [InlineData("?tailLines=many", 400)]
    [InlineData("?sinceTime=yesterday", 400)]
    [InlineData("?tailLines=-1", 422)]
    [InlineData("?limitBytes=0", 422)]
    [InlineData("?sinceSeconds=0", 422)]
    [InlineData("?sinceSeconds=1&sinceTime=2024-01-01T12:00:00Z", 422)]
    [InlineData("?stream=Neither", 422)]
    [InlineData("?stream=Stdout&tailLines=1", 422)]
    public void What_does_not_make_sense_is_refused(string text, int statusCode) =>
        Assert.Equal(statusCode, Parse(text).Refusal?.StatusCode);

    private static LogQuery Parse(string text) => LogQuery.Parse(new QueryCollection(QueryHelpers.ParseQuery(text)), Now);
}
